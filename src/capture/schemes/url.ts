/** What is wrong with a URL; null when nothing is. Never shows any of it: it may hold a password. */
export const urlFlaw = (source: string): string | null => {
  if (/\s/.test(source)) return 'it holds a space; write %20 instead';
  const parsed = URL.parse(source);
  if (parsed === null)
    return 'it is no URL: check the host and the port, and write special letters of the password as %XX';
  return parsed.hostname === '' ? 'it names no host' : null;
};
