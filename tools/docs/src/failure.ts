/** A reason to stop that is told as it is, without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";
}
