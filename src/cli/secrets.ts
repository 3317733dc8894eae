/**
 * Where `${NAME}` in a camera's source is taken from: the secrets file first, then the environment. Values stay in
 * memory; no message, log or process title shows them.
 */
import { readFile, stat } from 'node:fs/promises';
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

const LINE = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/;
const QUOTED = /^(["'])(.*)\1$/;

/** A password may hold any sign, `#` too: only a line that begins with one is a comment. */
const entryOf = (path: string, line: string, number: number): [name: string, value: string][] => {
  if (/^\s*(#|$)/.test(line)) return [];
  const [, name, text = ''] = LINE.exec(line) ?? [];
  if (name === undefined) return refuse(path, `line ${number} is not NAME=value`);
  const [, , inner] = QUOTED.exec(text) ?? [];
  return [[name, inner ?? text]];
};

/**
 * Reads a secrets file: one `NAME=value` a line, with or without quotes round the value; `#` begins a comment at the
 * beginning of a line only.
 *
 * @param path null for none
 * @throws SECRETS_NOT_READABLE
 */
export const readSecrets = async (path: string | null): Promise<Secrets> => {
  if (path === null) return new Map();
  const lines = (await readPrivately(path)).replace(/^\uFEFF/, '').split(/\r?\n/);
  return new Map(lines.flatMap((line, i) => entryOf(path, line, i + 1)));
};

/** A source, and what was filled in: as it is, and as a URL has it. */
export interface FilledIn {
  readonly source: string;
  readonly secrets: readonly string[];
}

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
export const fillIn = (source: string, place: string, secrets: Secrets): FilledIn => {
  const [from, to] = userInfoOf(source);
  const used: string[] = [];
  const filled = source.replaceAll(BLANK, (_, name: string, at: number) => {
    const value = secrets.get(name) ?? process.env[name];
    if (value === undefined) throw new StarlingError('SECRET_MISSING', { place, name });
    used.push(value, encodeURIComponent(value));
    return at >= from && at < to ? encodeURIComponent(value) : value;
  });
  return { source: filled, secrets: used };
};

/**
 * The sources of a site's cameras, by camera, filled in. Cameras without a source are left out.
 *
 * @throws SECRET_MISSING
 */
export const sourcesOf = (site: Site, secrets: Secrets): ReadonlyMap<string, FilledIn> =>
  new Map(
    site.cameras.flatMap(({ id, source }) =>
      source === undefined ? [] : [[id, fillIn(source, `The source of the camera ${id}`, secrets)] as const],
    ),
  );
