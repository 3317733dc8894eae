/** What takes the place of a credential. */
const HIDDEN = '***';

/** User and password of a URL: everything between `//` and the last `@` before the path. */
const IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/"'<>]*@/gi;
/** A password may hold a slash that nobody encoded; up to an `@` that a host follows, it is taken for one. */
const LOOSE_IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'<>@:/]*:[^\s"'<>]*@/gi;
const HEADER = /\b((?:proxy-)?authorization\s*[:=]\s*).*/gi;
const PARAMETER = /([?&](?:user|username|usr|login|password|passwd|pass|pwd|token|key|secret|auth)=)[^\s&#"']*/gi;

/** Shorter ones would hide half of every line, and are hidden in URLs all the same. */
const LEAST_SECRET_LENGTH = 4;

/** Makes a function that takes credentials out of a line: those in URLs, in headers, and the given secrets. */
export const createRedactor = (secrets: readonly string[]): ((line: string) => string) => {
  const long = secrets.filter(({ length }) => length >= LEAST_SECRET_LENGTH);
  const known = [...new Set(long.flatMap((secret) => [secret, encodeURIComponent(secret)]))].sort(
    (a, b) => b.length - a.length,
  );
  return (line) =>
    known
      .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
      .replaceAll(LOOSE_IN_URL, `$1${HIDDEN}@`)
      .replaceAll(IN_URL, `$1${HIDDEN}@`)
      .replaceAll(HEADER, `$1${HIDDEN}`)
      .replaceAll(PARAMETER, `$1${HIDDEN}`);
};
