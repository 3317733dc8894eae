import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/helpers/video.ts';
import { openBook } from './open-book.ts';
import { transaction } from './transaction.ts';

/** 'BOOK' */
const APPLICATION_ID = 0x424f4f4b;
const FIRST = `PRAGMA application_id = ${APPLICATION_ID}; CREATE TABLE line (text TEXT NOT NULL) STRICT;`;
const SECOND = `ALTER TABLE line ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'book.sqlite');
});
afterEach(() => folder[Symbol.asyncDispose]());

/** Opens the book as a program does that knows so many steps. */
const open = async (steps: readonly string[]): Promise<DatabaseSync> => {
  const migrations = join(folder.path, `steps-${steps.length}`);
  await mkdir(migrations, { recursive: true });
  for (const [i, sql] of steps.entries()) await writeFile(join(migrations, `000${i + 1}.sql`), sql);
  return openBook({ path, applicationId: APPLICATION_ID, migrations: pathToFileURL(`${migrations}/`) });
};

const write = (book: DatabaseSync, ...lines: readonly (string | null)[]): void => {
  const insert = book.prepare('INSERT INTO line (text) VALUES (?)');
  transaction(book, () => {
    for (const line of lines) insert.run(line);
  });
};

test('what was written is there when it is opened again, by a newer program too', async () => {
  using old = await open([FIRST]);
  write(old, 'one', 'two');
  old.close();
  using book = await open([FIRST, SECOND]);
  expect(book.prepare('SELECT text, at_ms FROM line').all()).toMatchObject([
    { text: 'one', at_ms: 0 },
    { text: 'two', at_ms: 0 },
  ]);
  expect(book.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
});

test('several things are done together, or not at all', async () => {
  using book = await open([FIRST]);
  expect(() => write(book, 'one', null)).toThrow('NOT NULL');
  expect(book.prepare('SELECT count(*) AS lines FROM line').get()).toEqual({ lines: 0 });
});

test('a step that fails leaves the version before it', async () => {
  (await open([FIRST])).close();
  await expect(open([FIRST, 'CREATE TABLE more (a TEXT); SELECT nonsense;'])).rejects.toThrow('nonsense');
  using book = await open([FIRST]);
  expect(book.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  expect(book.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'more'").get()).toBeUndefined();
});

test.each<[string, () => Promise<unknown>, string]>([
  ['of a newer program', async () => (await open([FIRST, SECOND])).close(), 'BOOK_TOO_NEW'],
  ['of another program', async () => new DatabaseSync(path).exec('CREATE TABLE other (a TEXT)'), 'BOOK_CORRUPT'],
  ['that is no database', () => writeFile(path, 'not a database, but a text of some length'), 'BOOK_CORRUPT'],
  ['that is a folder', () => mkdir(path), 'BOOK_NOT_WRITABLE'],
])('a file %s is refused, and left as it is', async (_, prepare, code) => {
  await prepare();
  await expect(open([FIRST])).rejects.toMatchObject({ code });
});

test('a book that another has open is refused', async () => {
  using book = await open([FIRST]);
  write(book, 'one');
  await expect(open([FIRST])).rejects.toMatchObject({ code: 'BOOK_IN_USE' });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is said', async () => {
  await chmod(folder.path, 0o500);
  await expect(open([FIRST])).rejects.toMatchObject({ code: 'BOOK_NOT_WRITABLE' });
});
