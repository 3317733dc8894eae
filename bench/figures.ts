/** What the benchmarks share: medians, memory, load, and how a line is printed. */
import { loadavg } from 'node:os';

const DECIMALS = 3;

/** Median of some figures; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The least of some figures that so great a share of them does not exceed, such as 0.99; NaN of none. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b).at(Math.max(0, Math.ceil(share * values.length) - 1)) ?? Number.NaN;

/** Mean of some figures; NaN of none. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How many processes wanted a processor, on average over the last minute: what else the machine did. */
export const loadAverage = (): number => loadavg()[0];

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
