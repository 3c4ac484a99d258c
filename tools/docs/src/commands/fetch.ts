// stub
export async function fetchPages(..._args: unknown[]): Promise<0> {
  return 0;
}
