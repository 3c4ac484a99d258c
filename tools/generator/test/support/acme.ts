/** The runtime of the tests' cloud: that of a real one under other names. */
export {
  createHuaweiCloudService as createAcmeService,
  type HuaweiCloudOptions as AcmeOptions,
  type HuaweiCloudService as AcmeService,
} from "@typedcloud/runtime/huaweicloud";
