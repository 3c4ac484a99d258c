/** What must compile and what must not, of calls that no generated package makes yet. Checked by `tsc`, never run. */

import type { BoundOperation, Call } from "../src/client.js";

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

interface Asked {
  parameters: { path: { project_id: string }; query: { id: string; detail?: boolean } };
  responses: { 200: { content: { "application/json": { jobs: { id: string; status: string }[] } } } };
}

/** Whoever waits gives an id: the parameter that asks by it is not wanted a second time, even if it must be sent. */
export async function waiting(
  one: BoundOperation<Asked, { job: { find: "query.id" } }, "project_id">,
  many: BoundOperation<Asked, { job: { find: "query.id[]" } }, "project_id">,
): Promise<void> {
  await one.wait("j");
  await one.wait("j", { query: { detail: true } });
  await many.waitAll(["j"]);
  await one({ query: { id: "j" } });
  // @ts-expect-error a call must say which
  await one();
  // @ts-expect-error the id is given already
  await one.wait("j", { query: { id: "other" } });
}
