// stub
export async function changes(..._args: unknown[]): Promise<0> {
  return 0;
}
