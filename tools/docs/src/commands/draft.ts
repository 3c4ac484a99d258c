// stub
export async function draft(..._args: unknown[]): Promise<0> {
  return 0;
}
