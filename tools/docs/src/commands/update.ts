// stub
export async function update(..._args: unknown[]): Promise<0> {
  return 0;
}
