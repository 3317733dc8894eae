/** What the parts of `people/` read from a request's headers. */

/** Headers as Node gives them: names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const BEARER = /^Bearer +(\S+)$/i;

/** The one value of a header; null where there is none, or several. */
export const headerOf = (headers: Headers, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
};

/** The secret after `Authorization: Bearer`; null where something else or nothing is there. */
export const bearerOf = (headers: Headers): string | null =>
  BEARER.exec(headerOf(headers, 'authorization') ?? '')?.[1] ?? null;
