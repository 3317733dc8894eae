/** A book of people in a folder of its own, with a clock that is set by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../access.ts';
import type { Headers } from './headers.ts';
import type { SignedIn } from './means.ts';
import { openPeople, type People } from './people.ts';

/** A browser without any cookie. */
export const NO_MARKS = { session: null, device: null };
/** Where everybody is, unless told otherwise. */
const ADDRESS = '192.0.2.7';
/** Everybody's, unless told otherwise. */
export const PASSWORD = 'violet stapler orbits quietly';
/** Another that may be chosen. */
export const OTHER_PASSWORD = 'nine copper herons at noon';

/** A book, and its clock. */
export interface PeopleFixture extends Disposable {
  readonly path: string;
  /** The one that is open now. */
  readonly people: () => People;
  readonly clock: { nowMs: number };
  readonly close: () => void;
  /** Opens the book again, as after a restart. */
  readonly reopen: () => void;
}

/** Opens a book. */
export const openFixture = (): PeopleFixture => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-people-'));
  const path = join(folder, 'people.sqlite');
  const clock = { nowMs: 1_800_000_000_000 };
  const open = (): People => openPeople({ path, site: 'Old Town Market', secure: true, now: () => clock.nowMs });
  let people = open();
  let isOpen = true;
  const close = (): void => {
    if (isOpen) people[Symbol.dispose]();
    isOpen = false;
  };
  return {
    path,
    clock,
    people: () => people,
    close,
    reopen: () => {
      close();
      people = open();
      isOpen = true;
    },
    [Symbol.dispose]: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The header that a browser sends once somebody has signed in. */
export const cookieOf = (people: People, { session, device }: SignedIn): Headers => ({
  cookie: people.cookies.write({ session, device }).split(';')[0] ?? '',
});

/** The first administrator. */
export const setUp = (people: People, name = 'root'): Promise<SignedIn> => {
  const link = people.setUpLink();
  if (!link) throw new Error('there is an administrator already');
  return people.useLink({ token: link.token, name, password: PASSWORD, marks: NO_MARKS });
};

/** Somebody with a role, signed in. */
export const invited = (people: People, name: string, role: Role): Promise<SignedIn> => {
  const { link } = people.users.invite(name, role);
  return people.useLink({ token: link.token, name: undefined, password: PASSWORD, marks: NO_MARKS });
};

/** Signs in with a password from somewhere. */
export const signIn = (
  people: People,
  name: string,
  password = PASSWORD,
  address = ADDRESS,
  device: string | null = null,
) => people.signIn({ name, password, address, marks: { session: null, device } });
