import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { createBackoff } from './backoff.ts';
import { ConnectionStatus } from './status.ts';

const unreachable = (reason: string): StarlingError =>
  new StarlingError('CAPTURE_UNREACHABLE', { source: 'rtsp://camera/1', reason }, { cause: reason });

const refused = new StarlingError('CAPTURE_CREDENTIALS_REFUSED', { source: 'rtsp://camera/1' });

type Step = readonly [atMs: number, what: (status: ConnectionStatus, nowMs: number) => void];

const connected: Step[1] = (status, nowMs) => status.connected(40, nowMs);
const picture: Step[1] = (status, nowMs) => status.picture(nowMs);

describe('the state of a connection', () => {
  const cases: readonly [name: string, steps: Step[], atMs: number, codes: string[]][] = [
    ['at the beginning', [], 7000, ['CONNECTING']],
    ['connected, before the first picture', [[500, connected]], 3400, ['CONNECTING']],
    ['connected, and no picture for 3 s', [[500, connected]], 3600, ['NO_FRAMES']],
    [
      'pictures',
      [
        [500, connected],
        [600, picture],
      ],
      3500,
      [],
    ],
    [
      'pictures no more',
      [
        [500, connected],
        [600, picture],
      ],
      3700,
      ['NO_FRAMES'],
    ],
    [
      'pictures are rare: one every 4 s',
      [
        [0, (s, now) => s.connected(4000, now)],
        [600, picture],
      ],
      9000,
      [],
    ],
    ['unreachable', [[500, (s) => s.unreachable(unreachable('Connection refused'))]], 600, ['UNREACHABLE']],
    ['refused', [[500, (s) => s.unreachable(refused)]], 600, ['CREDENTIALS_REFUSED']],
    [
      'connected after a failure',
      [
        [0, (s) => s.unreachable(refused)],
        [5000, connected],
      ],
      5100,
      ['CONNECTING'],
    ],
    [
      'lost, and silent',
      [
        [0, connected],
        [100, picture],
        [200, (s) => s.broken(unreachable('x'))],
      ],
      300,
      [],
    ],
    [
      'lost, and silent for long',
      [
        [0, connected],
        [100, picture],
        [200, (s) => s.broken(null)],
      ],
      4000,
      ['NO_FRAMES'],
    ],
    [
      'connected again, still silent',
      [
        [0, connected],
        [100, picture],
        [5200, connected],
      ],
      5300,
      ['NO_FRAMES'],
    ],
    [
      'scaling or masking failed',
      [
        [0, connected],
        [0, (s) => s.broken(new Error('no memory'))],
      ],
      10,
      ['UNREACHABLE'],
    ],
    [
      'the recording is over',
      [
        [0, connected],
        [100, picture],
        [200, (s) => s.ended()],
      ],
      9999,
      ['SOURCE_ENDED'],
    ],
  ];
  it.each(cases)('%s', (_, steps, atMs, codes) => {
    const status = new ConnectionStatus();
    for (const [nowMs, what] of steps) what(status, nowMs);
    expect(status.reasons(atMs).map(({ code }) => code)).toEqual(codes);
  });

  it('is told in few words, without the source', () => {
    const status = new ConnectionStatus();
    status.unreachable(unreachable('Connection refused'));
    expect(status.reasons(0)[0]?.message).toBe('The camera does not answer: Connection refused.');
    status.unreachable(new StarlingError('CAPTURE_NOT_FOUND', { path: 'night.mp4' }));
    expect(status.reasons(0)[0]?.message).toBe('The camera does not answer: No such file: night.mp4.');
  });
});

const waits = (random: number, refusedAt: readonly boolean[]): number[] => {
  const backoff = createBackoff(() => random);
  return refusedAt.map((isRefused) => backoff.waitMs(isRefused));
};

describe('waiting between attempts', () => {
  it('doubles up to 4 s, so that ten seconds are never used up', () => {
    expect(waits(0.5, Array<boolean>(6).fill(false))).toEqual([500, 1000, 2000, 4000, 4000, 4000]);
    expect(Math.max(...waits(1, Array<boolean>(9).fill(false)))).toBe(5000);
    expect(waits(0, [false])).toEqual([375]);
  });

  it('is longer, but not by much, where the password is refused', () => {
    expect(waits(0.5, [true, true, true])).toEqual([5000, 5000, 5000]);
    expect(waits(1, [true])).toEqual([6250]);
  });

  it('is short again after a good connection', () => {
    const backoff = createBackoff(() => 0.5);
    for (let i = 0; i < 5; i++) backoff.waitMs(false);
    backoff.reset();
    expect(backoff.waitMs(false)).toBe(500);
  });
});
