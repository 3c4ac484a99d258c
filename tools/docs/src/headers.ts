/** Headers that carry credentials: a specification has them as security schemes. */
const CREDENTIALS = new Set(["x-auth-token", "authorization", "x-security-token"]);
export const isCredential = (header: string): boolean => CREDENTIALS.has(header.toLowerCase());

/** Headers that the client sets, since it encodes bodies and signs requests: pages list them, and nobody passes them. */
const CLIENTS_OWN = new Set(["content-type", "content-length", "accept", "host", "x-sdk-date"]);
export const isClientsOwn = (header: string): boolean => CLIENTS_OWN.has(header.toLowerCase());
