import { describe, expect, it } from 'vitest';
import { sceneOf } from './scene.fixture.ts';
import { StopAndGo, type StopAndGoOptions, StopAndGoShare } from './stop-and-go.ts';

/** What is said of one person each second, whose speeds these are: S steady, G stop-and-go, ? unknown. */
const mannersOf = (speeds: readonly number[], options: StopAndGoOptions = {}): string => {
  const watch = new StopAndGo(options);
  return speeds
    .map((vx, second) => {
      const { positions, motion } = sceneOf([{ x: 0, y: 0, vx, id: 7 }], 1000 * second);
      return { 0: 'S', 1: 'G', [-1]: '?' }[watch.update(positions, motion)[0]];
    })
    .join('');
};

const NAN = Number.NaN;

/** What is said of some people at a time. */
const updated = (watch: StopAndGo, people: readonly (readonly [id: number, speed: number])[], timeMs: number) => {
  const { positions, motion } = sceneOf(
    people.map(([id, vx]) => ({ x: 0, y: 0, vx, id })),
    timeMs,
  );
  return [...watch.update(positions, motion).subarray(0, people.length)];
};

describe('StopAndGo', () => {
  it.each<[string, number[], string]>([
    ['walks on', [1, 1.2, 0.9, 1, 1.1], 'SSSSS'],
    ['stands', [0, 0.1, 0, 0], 'SSSS'],
    ['comes to a stand', [1, 1, 0, 0, 0], 'SSSSS'],
    ['sets off', [0, 0, 1, 1], 'SSSS'],
    ['stops, goes and stops', [1, 0, 1, 0], 'SSGG'],
    ['trembles about the lower threshold', [1, 0.1, 0.25, 0.1, 0.3, 0.1], 'SSSSSS'],
    ['trembles about the upper threshold', [0.1, 0.35, 0.45, 0.35, 0.45], 'SSSSS'],
    ['begins between the two: it walks', [0.3, 0.1, 0.5], 'SSG'],
    ['is not known all the time', [1, NAN, 0, NAN, 1, NAN], 'S?S?G?'],
    ['is never known', [NAN, NAN], '??'],
  ])('%s', (_what, speeds, manners) => {
    expect(mannersOf(speeds)).toBe(manners);
  });

  it('is over when one of the last changes is long past', () => {
    const manners = mannersOf([1, 0, 1, ...Array.from({ length: 25 }, () => 1)]);
    // Changes at 1 s and 2 s: to the 21st second the first is within the last 20 s.
    expect(manners).toBe(`SS${'G'.repeat(20)}${'S'.repeat(6)}`);
  });

  it('is nothing when the changes are too far apart', () => {
    const slow = [1, ...Array.from({ length: 21 }, () => 0), 1, 1];
    expect(mannersOf(slow)).not.toContain('G');
    expect(mannersOf(slow, { withinMs: 30_000 })).toContain('G');
  });

  it('asks for as many changes as it is told', () => {
    expect(mannersOf([1, 0, 1, 0, 1], { leastChanges: 3 })).toBe('SSSGG');
    expect(mannersOf([1, 0, 1], { leastChanges: 1 })).toBe('SGG');
  });

  it('goes by its thresholds', () => {
    expect(mannersOf([1, 0.5, 1, 0.5], { stopMps: 0.6, goMps: 0.8 })).toBe('SSGG');
  });

  it('keeps people apart', () => {
    const watch = new StopAndGo();
    updated(
      watch,
      [
        [1, 1],
        [2, 0],
      ],
      0,
    );
    updated(
      watch,
      [
        [2, 0],
        [1, 0],
      ],
      1000,
    );
    expect(
      updated(
        watch,
        [
          [1, 1],
          [2, 0],
        ],
        2000,
      ),
    ).toEqual([1, 0]);
  });

  it('takes an id that comes back for somebody else', () => {
    const watch = new StopAndGo({ lifeMs: 5000 });
    updated(watch, [[1, 1]], 0);
    updated(watch, [[1, 0]], 1000);
    // Not swept yet, but unseen for longer than a life: the stand at 1 s was another's.
    expect(updated(watch, [[1, 1]], 6100)).toEqual([0]);
    const remembered = new StopAndGo({ lifeMs: 5000 });
    updated(remembered, [[1, 1]], 0);
    updated(remembered, [[1, 0]], 1000);
    expect(updated(remembered, [[1, 1]], 5900)).toEqual([1]);
  });

  it('begins anew when time runs backwards', () => {
    const watch = new StopAndGo();
    updated(watch, [[1, 1]], 10_000);
    updated(watch, [[1, 0]], 11_000);
    expect(updated(watch, [[1, 1]], 5000)).toEqual([0]);
  });

  it('has room for a crowd, and for nobody', () => {
    const watch = new StopAndGo();
    const people = Array.from({ length: 500 }, (_, i) => [i, i % 2] as const);
    updated(watch, people, 0);
    updated(
      watch,
      people.map(([id, speed]) => [id, 1 - speed] as const),
      1000,
    );
    expect(updated(watch, people, 2000)).toEqual(people.map(() => 1));
    expect(updated(watch, [], 3000)).toEqual([]);
  });
});

describe('StopAndGoShare', () => {
  it('is a share of the person-time that is known, in the zone', () => {
    const share = new StopAndGoShare();
    expect(share.value).toBeNull();
    const inside = Uint8Array.of(1, 1, 1, 0);
    share.add(Int8Array.of(1, 0, -1, 1), inside, 4, 0.5);
    expect(share.value).toBe(0.5);
    share.add(Int8Array.of(0, 0, 0, 1), inside, 4, 1);
    expect(share.value).toBeCloseTo(0.5 / 4, 12);
  });

  it('looks no farther than the people of the frame', () => {
    const share = new StopAndGoShare();
    share.add(Int8Array.of(0, 1, 1), Uint8Array.of(1, 1, 1), 1, 1);
    expect(share.value).toBe(0);
  });
});
