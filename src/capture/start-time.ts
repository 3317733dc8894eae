import { type UtcMs, utcMs } from '../contract/index.ts';

// Containers that were never told the time say 1904 (QuickTime's zero), 1970 (Unix's) or 1980 (MS-DOS's).
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const ONE_DAY_MS = 86_400_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

// Apple's own tag comes first: it is the camera's clock with its offset, where creation_time may be that of an export.
const TAGS = ['com.apple.quicktime.creationdate', 'creation_time', 'date', 'DATE_RECORDED', 'DATE'];

const toIso = (text: string): string =>
  text
    .trim()
    .replace(' ', 'T')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');

/**
 * When a recording says it began, from its container's tags.
 *
 * A time without an offset from UTC is not believed, since nobody knows whose wall it hung on; nor is one before 1990
 * or in the future. Some cameras write the time at which they stopped.
 *
 * @param tags  the container's tags
 * @param nowMs the present, ms since 1970; what lies more than a day after it is absurd
 * @returns ms since 1970 in UTC; null when the recording does not say
 */
export const readStartTime = (tags: Readonly<Record<string, string>>, nowMs: number): UtcMs | null => {
  for (const tag of TAGS) {
    const text = tags[tag];
    if (text === undefined || !INSTANT.test(text.trim())) continue;
    const instantMs = Date.parse(toIso(text));
    if (instantMs >= EARLIEST_MS && instantMs <= nowMs + ONE_DAY_MS) return utcMs(instantMs);
  }
  return null;
};
