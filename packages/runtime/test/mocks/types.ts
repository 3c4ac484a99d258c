/** What must compile and what must not, of mocks that no generated package makes yet. Checked by `tsc`, never run. */

import type { Mock } from "../../src/mocks.js";

interface Json<Body> {
  content: { "application/json": Body };
}
interface Created {
  responses: {
    201: Json<{ id: string }>;
    409: Json<{ error_code: string }>;
    default: Json<{ code: string }>;
  };
}

export function statuses(
  created: Mock<Created>,
  deleted: Mock<{ responses: { 204: { content?: never } } }>,
): void {
  created({ id: "a" });
  created.error(409, { error_code: "taken" });
  created.error(500, { code: "broken" });
  // @ts-expect-error another body
  created.error(409, { code: "taken" });
  deleted();
  // @ts-expect-error there is no body
  deleted({});
}
