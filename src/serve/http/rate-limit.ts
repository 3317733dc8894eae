/** How often one address may ask: a bucket of tokens each, in bounded memory. */
import { isIPv6 } from 'node:net';

interface Bucket {
  tokens: number;
  filledMs: number;
}

/** Addresses that are remembered; who asked longest ago is forgotten first. */
const MOST_ADDRESSES = 10_000;

const groups = (half: string): string[] => (half === '' ? [] : half.split(':'));

/** The first four groups of an IPv6 address: what one household or server is given. */
const prefixOf = (address: string): string => {
  const [head = '', tail] = address.split('%')[0].toLowerCase().split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const all =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

/** What is counted as one address: IPv4 as it is, IPv6 by its first 64 bits. */
export const limitedAddress = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(plain) ? prefixOf(plain) : plain;
};

/**
 * Limits how often each address asks: `burst` times at once, and `perS` times a second for ever.
 *
 * @example const limit = new RateLimit({ burst: 400, perS: 100 });
 */
export class RateLimit {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ burst, perS }: { readonly burst: number; readonly perS: number }) {
    this.#burst = burst;
    this.#perMs = perS / 1000;
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes a token.
   *
   * @param nowMs by a clock that cannot be set
   * @returns 0, or for how long there will be none, ms
   */
  take(address: string, nowMs: number): number {
    const key = limitedAddress(address);
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, filledMs: nowMs };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (nowMs - bucket.filledMs) * this.#perMs);
    bucket.filledMs = nowMs;
    this.#remember(key, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#perMs);
    bucket.tokens -= 1;
    return 0;
  }

  #remember(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size <= MOST_ADDRESSES) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }
}
