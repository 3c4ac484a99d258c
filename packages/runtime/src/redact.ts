/** Taking secrets out of text that somebody else wrote: a server's message may repeat what it was sent. */

/** Shorter values are not secrets of any cloud, and to replace them would tear words apart. */
const MIN_LENGTH = 6;

/** The text without the secrets, as they are and as URLs and JSON write them. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === undefined || secret.length < MIN_LENGTH) continue;
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      clean = clean.replaceAll(form, "[redacted]");
    }
  }
  return clean;
}
