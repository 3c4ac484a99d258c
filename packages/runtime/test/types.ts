/** What must compile and what must not, of calls that no generated package makes yet. Checked by `tsc`, never run. */

import type { Call } from "../src/client.js";

interface Sent {
  content: { "application/json": { a: string } };
}
interface Answered {
  responses: { 204: { content?: never } };
}

export async function bodies(
  demanded: Call<Answered & { requestBody: Sent }, "">,
  optional: Call<Answered & { requestBody?: Sent }, "">,
  none: Call<Answered & { requestBody?: never }, "">,
): Promise<void> {
  await demanded({ body: { a: "b" } });
  // @ts-expect-error a body that must be sent
  await demanded();
  // @ts-expect-error another body
  await demanded({ body: { b: "a" } });

  await optional();
  await optional({ body: { a: "b" } });
  // @ts-expect-error another body
  await optional({ body: { b: "a" } });

  await none();
  // @ts-expect-error no body is taken
  await none({ body: { a: "b" } });
}
