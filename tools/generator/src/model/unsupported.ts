import type { Place } from "../place.ts";
import type { Report } from "./report.ts";

export const JSON_MEDIA = "application/json";
export const FORM = "application/x-www-form-urlencoded";

/** Refuses what OpenAPI allows and the generator would silently leave out. */
export function checkSupported(document: Place, report: Report): void {
  const refuse = (place: Place, message: string) => report(place.problem("unsupported", message, "key"));
  if (document.has("webhooks")) refuse(document.at("webhooks"), "Webhooks are not generated. Remove them.");
  for (const item of document
    .at("paths")
    .children()
    .flatMap((entry) => entry.follow() ?? [])) {
    if (item.has("trace")) refuse(item.at("trace"), "fetch cannot send TRACE. Remove the operation.");
    for (const holder of [item, ...item.children()]) {
      if (holder.has("servers"))
        refuse(holder.at("servers"), "Servers belong to the whole document. Move them there.");
      if (holder.has("callbacks"))
        refuse(holder.at("callbacks"), "Callbacks are not generated. Remove them.");
    }
    for (const operation of item.children()) checkBodies(operation, refuse);
    for (const method of ["get", "head"].filter((name) => item.at(name).has("requestBody")))
      refuse(
        item.at(method, "requestBody"),
        `fetch sends no body with ${method.toUpperCase()}. Describe parameters, or correct the method.`,
      );
  }
}

function checkBodies(operation: Place, refuse: (place: Place, message: string) => void): void {
  const [first, second] = mediaOf(operation.at("requestBody"));
  if (first !== undefined && first.key !== JSON_MEDIA && first.key !== FORM) {
    refuse(
      first,
      `"${first.key}": clients send JSON and forms only. Describe the body as ${JSON_MEDIA} or ${FORM}.`,
    );
  }
  if (second !== undefined)
    refuse(second, `"${second.key}": a client sends one kind of body. Leave one of the two.`);
  for (const media of operation.at("responses").children().flatMap(mediaOf)) {
    if (media.key !== JSON_MEDIA)
      refuse(media, `"${media.key}": clients read JSON only. Describe the body as ${JSON_MEDIA}.`);
  }
}

const mediaOf = (body: Place): Place[] => body.follow()?.at("content").children() ?? [];
