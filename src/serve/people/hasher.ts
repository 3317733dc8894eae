/**
 * Passwords with argon2id. A hash takes 19 MiB and some 30 ms of a core, which is its purpose: so few are made at once,
 * however many ask, and a flood of attempts to sign in cannot starve the hub.
 */
import { hash, verify } from '@node-rs/argon2';
import { createLanes, type Lane } from './lanes.ts';
import { normalPassword } from './password-rules.ts';
import { newSecret } from './secret.ts';

/**
 * The library's default algorithm is argon2id; a test looks.
 *
 * @see OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes and 1 thread
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const LIMITS = { atOnce: 1, mostWaiting: 32 };

/** Makes and compares hashes. */
export interface Hasher {
  /** @throws SERVE_THROTTLED */
  readonly hash: (password: string) => Promise<string>;
  /**
   * Whether a password is the one of a hash. Where there is no hash it takes as long, and says no.
   *
   * @throws SERVE_THROTTLED
   */
  readonly verify: (given: string | null, password: string, lane: Lane) => Promise<boolean>;
}

/** Makes a hasher. */
export const createHasher = (): Hasher => {
  const inTurn = createLanes(LIMITS);
  // The hash of a secret that is forgotten at once: whoever has no password is compared with it.
  const nobodys = hash(newSecret(), COST);
  // Where it fails it does so again when it is awaited.
  nobodys.catch(() => {});
  return {
    hash: (password) => inTurn('known', () => hash(normalPassword(password), COST)),
    verify: async (given, password, lane) => {
      const expected = given ?? (await nobodys);
      const same = await inTurn(lane, () => verify(expected, normalPassword(password)));
      return same && given !== null;
    },
  };
};
