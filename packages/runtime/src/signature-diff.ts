/** Why a signature was refused: the server's canonical request, which some refusals carry, against ours. */

/** One sentence for each difference. Both are canonical requests, a part a line. */
export function explainSignature(theirs: string, ours: string): string {
  if (theirs === ours)
    return "The server computed the same canonical request, so the secret key is not this access key's";
  const [their, our] = [partsOf(theirs), partsOf(ours)];
  const differences = [...new Set([...our.keys(), ...their.keys()])]
    .filter((part) => their.get(part) !== our.get(part))
    .map((part) =>
      SECRET_HEADER.test(part)
        ? `${part} (its values are not shown)`
        : `${part}: the server has ${show(their.get(part))}, this client signed ${show(our.get(part))}`,
    );
  return `The server computed another canonical request. It differs in ${differences.join("; ") || "its layout"}`;
}

/** Headers that are credentials themselves. */
const SECRET_HEADER = /token|authorization|password/i;

const MAX_SHOWN = 300;

const show = (value: string | undefined): string =>
  value === undefined ? "nothing" : `"${value.slice(0, MAX_SHOWN)}"`;

/** Method, path and query; a header a line up to an empty line; the headers' names; the hash of the body. */
function partsOf(canonical: string): Map<string, string> {
  const [method = "", path = "", query = "", ...rest] = canonical.split("\n");
  const parts = new Map([
    ["method", method],
    ["path", path],
    ["query", query],
  ]);
  const end = rest.indexOf("");
  for (const line of rest.slice(0, end < 0 ? undefined : end)) {
    const colon = line.indexOf(":");
    parts.set(`header ${colon < 0 ? line : line.slice(0, colon)}`, colon < 0 ? "" : line.slice(colon + 1));
  }
  if (end >= 0) {
    parts.set("signed headers", rest[end + 1] ?? "");
    parts.set("body hash", rest[end + 2] ?? "");
  }
  return parts;
}
