/**
 * Where `${NAME}` in a camera's source is taken from: the secrets file first, then the environment. Values stay in
 * memory; no message, log or process title shows them.
 */
import { readFile, stat } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { type Site, StarlingError } from '../contract/index.ts';

/** Values by name. */
export type Secrets = ReadonlyMap<string, string>;

/** Permission bits of the group and of everybody else. */
const OTHERS = 0o077;

const refuse = (path: string, problem: string, cause?: unknown): never => {
  throw new StarlingError('SECRETS_NOT_READABLE', { path, problem }, { cause });
};

const readPrivately = async (path: string): Promise<string> => {
  try {
    // Windows knows no such bits, and reports them all as set.
    if (process.platform !== 'win32' && ((await stat(path)).mode & OTHERS) !== 0)
      return refuse(path, 'others may read it too');
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof StarlingError) throw cause;
    return refuse(path, 'it is not there, or may not be read', cause);
  }
};

/**
 * Reads a secrets file: one `NAME=value` a line, `#` begins a comment.
 *
 * @param path null for none
 * @throws SECRETS_NOT_READABLE
 */
export const readSecrets = async (path: string | null): Promise<Secrets> => {
  if (path === null) return new Map();
  const entries = Object.entries(parseEnv(await readPrivately(path)));
  return new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
};

const BLANK = /\$\{(\w+)\}/g;

/** Where the user name and password of a URL stand; a source that is no URL has none. */
const userInfoOf = (source: string): readonly [from: number, to: number] => {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(source)?.[0] ?? '';
  const end = source.indexOf('@', scheme.length);
  const path = source.indexOf('/', scheme.length);
  return scheme === '' || end < 0 || (path >= 0 && path < end) ? [0, 0] : [scheme.length, end];
};

/**
 * Fills in a source. What stands for a user name or a password is encoded as a URL asks for, so that a password may
 * hold `@` and `/`.
 *
 * @param place what to call the source in an error
 * @throws SECRET_MISSING
 */
export const fillIn = (source: string, place: string, secrets: Secrets): string => {
  const [from, to] = userInfoOf(source);
  return source.replaceAll(BLANK, (_, name: string, at: number) => {
    const value = secrets.get(name) ?? process.env[name];
    if (value === undefined) throw new StarlingError('SECRET_MISSING', { place, name });
    return at >= from && at < to ? encodeURIComponent(value) : value;
  });
};

/**
 * The sources of a site's cameras, by camera, filled in. Cameras without a source are left out.
 *
 * @throws SECRET_MISSING
 */
export const sourcesOf = (site: Site, secrets: Secrets): ReadonlyMap<string, string> =>
  new Map(
    site.cameras.flatMap(({ id, source }) =>
      source === undefined ? [] : [[id, fillIn(source, `The source of the camera ${id}`, secrets)] as const],
    ),
  );
