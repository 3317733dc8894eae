import { describe, expect, it } from 'vitest';
import { readStartTime } from './start-time.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const MOMENT_MS = Date.UTC(2024, 4, 1, 10, 0, 0);

describe('readStartTime', () => {
  const cases: readonly [name: string, tags: Record<string, string>, expected: number | null][] = [
    ['creation_time as FFmpeg writes it', { creation_time: '2024-05-01T10:00:00.000000Z' }, MOMENT_MS],
    ['with an offset', { creation_time: '2024-05-01T12:00:00+02:00' }, MOMENT_MS],
    ['with a space and an offset without a colon', { date: '2024-05-01 12:00:00+0200' }, MOMENT_MS],
    [
      'the camera before the export',
      { creation_time: '2025-01-01T00:00:00Z', 'com.apple.quicktime.creationdate': '2024-05-01T12:00:00+0200' },
      MOMENT_MS,
    ],
    ['no offset: nobody knows which wall clock', { date: '2024-05-01 10:00:00' }, null],
    ['only a date', { date: '2024-05-01' }, null],
    ['1904, QuickTime never told', { creation_time: '1904-01-01T00:00:00.000000Z' }, null],
    ['1970, Unix never told', { creation_time: '1970-01-01T00:00:00.000000Z' }, null],
    ['the future', { creation_time: '2036-02-07T06:28:15.000000Z' }, null],
    ['nonsense', { creation_time: 'yesterday' }, null],
    ['an absurd month', { creation_time: '2024-13-01T10:00:00Z' }, null],
    [
      'an absurd tag, then a good one',
      { creation_time: '1970-01-01T00:00:00Z', DATE: '2024-05-01T10:00:00Z' },
      MOMENT_MS,
    ],
    ['no tags', {}, null],
  ];
  it.each(cases)('%s', (_, tags, expected) => {
    expect(readStartTime(tags, NOW_MS)).toBe(expected);
  });
});
