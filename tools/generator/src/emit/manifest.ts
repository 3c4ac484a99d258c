import type { ServiceModel } from "../model.ts";

/** `package.json`. Its version belongs to the releases, and is kept. */
export function emitManifest({ folder, service }: ServiceModel, version: string): string {
  const built = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
  // In the repository packages find each other's source; published, there is only what was built.
  const source = (name: string) => ({ "@typedcloud/source": `./src/${name}.ts`, ...built(name) });
  const entries = (entry: typeof built) => ({
    ".": entry("index"),
    "./mocks": entry("mocks"),
    "./package.json": "./package.json",
  });
  const manifest = {
    name: `@typedcloud/${folder}`,
    version,
    description: `Typed client of ${service.title} (${service.version})`,
    keywords: [service.cloud, service.name, "api", "client", "sdk", "typescript"],
    license: "Apache-2.0",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.16" },
    exports: entries(source),
    publishConfig: { access: "public", exports: entries(built) },
    files: ["dist"],
    scripts: {
      build: "tsdown --config ../../tsdown.config.ts",
      test: "vitest run --config ../../vitest.config.ts",
    },
    dependencies: { "@typedcloud/runtime": "workspace:^" },
    peerDependencies: { msw: "catalog:peers" },
    peerDependenciesMeta: { msw: { optional: true } },
    devDependencies: { msw: "catalog:" },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
