/**
 * How often somebody may try a password.
 *
 * An attempt from a browser in which this user has signed in before is counted by itself. Any other is counted by its
 * address, and by the name and the address together. No count is kept of a name alone: it would let anybody keep anybody
 * out. What a flood from very many addresses can try is bounded by how many passwords the hub compares at all, some 30
 * a second, and there those who are known go first.
 *
 * @see OWASP: Slow Down Online Guessing Attacks with Device Cookies
 */
import { StarlingError } from '../../contract/index.ts';
import { addressBlock } from './address-block.ts';
import { nameKey } from './names.ts';
import { createThrottle, type Throttle } from './throttle.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Of one name from one address, or from one browser: few, then less and less often. */
const PERSON = { free: 5, firstDelayMs: 1000, longestDelayMs: 15 * MINUTE_MS, forgetMs: DAY_MS, size: 10_000 };
/** A whole office may share an address, so it waits later and shorter. */
const ADDRESS = { free: 20, firstDelayMs: 1000, longestDelayMs: MINUTE_MS, forgetMs: 60 * MINUTE_MS, size: 10_000 };

/** From where a password is tried, and for whom. */
export interface Guess {
  readonly name: string;
  readonly address: string;
  /** Cookie of a browser in which this user has signed in before; null in any other. */
  readonly knownDevice: string | null;
}

/** An attempt that was let through, and counts as a wrong one until it is said to be right. */
export interface Attempt {
  readonly wasRight: () => void;
  /** It was never compared. */
  readonly wasNotLookedAt: () => void;
}

/** Counts attempts. */
export interface GuessLimits {
  /** @throws SERVE_THROTTLED */
  readonly begin: (guess: Guess, nowMs: number) => Attempt;
}

interface Bucket {
  readonly throttle: Throttle;
  readonly key: string;
}

/** Begins to count. */
export const createGuessLimits = (): GuessLimits => {
  const persons = createThrottle(PERSON);
  const addresses = createThrottle(ADDRESS);

  const bucketsOf = ({ name, address, knownDevice }: Guess): readonly [own: Bucket, ...shared: Bucket[]] => {
    if (knownDevice !== null) return [{ throttle: persons, key: `device ${knownDevice}` }];
    const block = addressBlock(address);
    return [
      { throttle: persons, key: `name ${block} ${nameKey(name)}` },
      { throttle: addresses, key: block },
    ];
  };

  return {
    begin: (guess, nowMs) => {
      const [own, ...shared] = bucketsOf(guess);
      const all = [own, ...shared];
      const waitMs = Math.max(...all.map(({ throttle, key }) => throttle.waitMs(key, nowMs)));
      if (waitMs > 0) throw new StarlingError('SERVE_THROTTLED', { waitS: Math.ceil(waitMs / 1000) });
      for (const { throttle, key } of all) throttle.charge(key, nowMs);
      return {
        wasRight: () => {
          own.throttle.forget(own.key);
          for (const { throttle, key } of shared) throttle.refund(key);
        },
        wasNotLookedAt: () => {
          for (const { throttle, key } of all) throttle.refund(key);
        },
      };
    },
  };
};
