/** Taking secrets out of text that somebody else wrote: a server's message may repeat what it was sent. */

/** Shorter values are not secrets of any cloud, and to replace them would tear words apart. */
const MIN_LENGTH = 6;

/** The text without the secrets, as they are and as URLs and JSON write them. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const forms = secrets.flatMap((secret) =>
    secret === undefined || secret.length < MIN_LENGTH
      ? []
      : [
          secret,
          encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "")),
          JSON.stringify(secret).slice(1, -1),
        ],
  );
  // Longest first: one secret may be part of another.
  forms.sort((a, b) => b.length - a.length);
  return forms.reduce((clean, form) => clean.replaceAll(form, "[redacted]"), text);
}
