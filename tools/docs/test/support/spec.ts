import type { Place } from "typedcloud/checked";
import type { Facts, PageFacts } from "../../src/facts.ts";
import type { SpecFacts } from "../../src/spec/facts.ts";

/** The specification that says what a page says, for services that have none. Every fact stands in the same place. */
export const specOf = (page: PageFacts, place: Place): SpecFacts => ({
  ...moved(page, place),
  service: "huaweicloud-widgets",
  operation: "createWidget",
  place,
  page: undefined,
  credentials: new Set(),
  isRpc: false,
});

/** Facts that stand in a specification and no longer on a line. */
function moved(page: PageFacts, place: Place): Facts<Place> {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        key === "at" || key === "requiredAt" ? place : walk(child),
      ]),
    );
  };
  const { page: _page, site, language, rendering, notUnderstood, ...facts } = page;
  // The walk keeps every shape and changes what stands under "at": no type says that.
  return walk(facts) as Facts<Place>;
}
