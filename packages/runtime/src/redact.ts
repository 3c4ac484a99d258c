/** Taking secrets out of text that somebody else wrote: a server's message may repeat what it was sent. */

/** Shorter values are not secrets of any cloud, and to replace them would tear words apart. */
const MIN_LENGTH = 6;

/** How HTML writes what stands for something else in it; some write more of them than others. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "/": "&#x2F;",
  "`": "&#x60;",
  "=": "&#x3D;",
};

const escaped = (text: string, which: RegExp): string =>
  text.replace(which, (char) => ENTITIES[char] ?? char);

/** The text without the secrets, as they are and as URLs, JSON and HTML write them. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const forms = secrets.flatMap((secret) =>
    secret === undefined || secret.length < MIN_LENGTH
      ? []
      : [
          secret,
          encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "")),
          JSON.stringify(secret).slice(1, -1),
          escaped(secret, /[&<>]/g),
          escaped(secret, /[&<>"']/g),
          escaped(secret, /[&<>"'/`=]/g),
        ],
  );
  // Longest first: one secret may be part of another.
  forms.sort((a, b) => b.length - a.length);
  return forms.reduce((clean, form) => clean.replaceAll(form, "[redacted]"), text);
}
