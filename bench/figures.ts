/** What the benchmarks share: a median, memory, and how a line is printed. */

const DECIMALS = 3;

/** Median of some figures; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Memory of this process in MiB, after the garbage has been collected where Node allows it (`--expose-gc`). */
export const memoryMiB = (): { rss: number; heap: number; buffers: number } => {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const [rssMiB, heap, buffers] = [rss, heapUsed, arrayBuffers].map((bytes) => bytes / 2 ** 20);
  return { rss: rssMiB, heap, buffers };
};

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(DECIMALS)) : value;

/** Prints a result as one line of JSON. */
export const print = (result: object): void => {
  console.log(JSON.stringify(result, rounded));
};
