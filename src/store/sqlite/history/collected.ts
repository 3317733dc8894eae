import type { Bucket, Buckets } from './buckets.ts';

interface Entry<Sums> {
  readonly bucket: Bucket;
  readonly sums: Sums;
}

/** Sums of one camera by place and bucket, begun where something is added. */
export class Collected<Sums> {
  readonly #buckets;
  readonly #begin;
  readonly #places = new Map<string, Map<number, Entry<Sums>>>();

  /** @param begin gives sums of nothing; called once for each row of the answer */
  constructor(buckets: Buckets, begin: () => Sums) {
    this.#buckets = buckets;
    this.#begin = begin;
  }

  /** Sums to which a row of a place is added that begins at a time. */
  at(place: string, startS: number): Sums {
    const bucket = this.#buckets(startS * 1000);
    let entries = this.#places.get(place);
    if (entries === undefined) this.#places.set(place, (entries = new Map<number, Entry<Sums>>()));
    let entry = entries.get(bucket.startMs);
    if (entry === undefined) entries.set(bucket.startMs, (entry = { bucket, sums: this.#begin() }));
    return entry.sums;
  }

  /** Everything, in the order of place and time. */
  *entries(): Generator<Entry<Sums> & { readonly place: string }> {
    for (const [place, entries] of [...this.#places].sort(([a], [b]) => (a < b ? -1 : 1)))
      for (const entry of [...entries.values()].sort((a, b) => a.bucket.startMs - b.bucket.startMs))
        yield { place, ...entry };
  }
}
