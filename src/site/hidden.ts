/**
 * What nobody needs to see of a site file: passwords that somebody wrote into it. They are shown as `…`, and a change that
 * leaves the `…` where it was leaves the password where it was.
 */
type Plain = { readonly [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** User name and password of a URL; `${NAME}` is no secret, and stays to be seen. */
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)(.*)@/is;
const PARAMETER =
  /([/?&;][^=&#;/?]*(?:token|key|pass|pwd|auth|secret|sig|credential|user|login|session)[^=&#;/?]*=)([^&#;/?]*)/gi;
const BLANKS_ONLY = /^(?:\$\{\w+\}|[:])*$/;

const hideUrl = (url: string): string =>
  url
    .replace(USER_INFO, (whole, scheme: string, user: string) => (BLANKS_ONLY.test(user) ? whole : `${scheme}…@`))
    .replaceAll(PARAMETER, (whole, name: string, value: string) => (BLANKS_ONLY.test(value) ? whole : `${name}…`));

const hideSecret = (secret: string): string => (BLANKS_ONLY.test(secret) ? secret : '…');

/** Where a password can stand, by the name of the key, wherever it is. */
const HIDERS: Readonly<Record<string, (text: string) => string>> = {
  source: hideUrl,
  webhook: hideUrl,
  smtp: hideUrl,
  mqtt: hideUrl,
  secret: hideSecret,
};

const hideAt = (key: string, value: unknown): unknown => {
  const hide = Object.hasOwn(HIDERS, key) ? HIDERS[key] : undefined;
  return typeof value === 'string' && hide ? hide(value) : hideSecrets(value);
};

/** A site as it is written, without the passwords in it. */
export const hideSecrets = (written: unknown): unknown => {
  if (Array.isArray(written)) return written.map(hideSecrets);
  if (!isPlain(written)) return written;
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, hideAt(key, value)]));
};

/** Whether a password is still hidden: it belonged to something that is no longer there. */
export const hidesSecrets = (written: unknown): boolean => {
  if (Array.isArray(written)) return written.some(hidesSecrets);
  if (!isPlain(written)) return false;
  return Object.entries(written).some(([key, value]) =>
    typeof value === 'string' ? Object.hasOwn(HIDERS, key) && value.includes('…') : hidesSecrets(value),
  );
};

const counterpart = (item: unknown, i: number, before: unknown): unknown => {
  if (!Array.isArray(before)) return undefined;
  const list: readonly unknown[] = before;
  if (!isPlain(item) || item['id'] === undefined) return list[i];
  return list.find((other) => isPlain(other) && other['id'] === item['id']);
};

const restoreAt = (key: string, value: unknown, before: unknown): unknown => {
  if (typeof value !== 'string' || typeof before !== 'string') return restoreSecrets(value, before);
  return value === hideAt(key, before) ? before : value;
};

/** A site that came back, with the passwords that were hidden in it. */
export const restoreSecrets = (written: unknown, before: unknown): unknown => {
  if (Array.isArray(written)) return written.map((item, i) => restoreSecrets(item, counterpart(item, i, before)));
  if (!isPlain(written)) return written;
  const had = isPlain(before) ? before : {};
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, restoreAt(key, value, had[key])]));
};
