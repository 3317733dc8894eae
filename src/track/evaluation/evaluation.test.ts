import { describe, expect, it } from 'vitest';
import { computeClearMot } from './clear-mot.ts';
import { computeCountErrors } from './counts.ts';
import { withoutIgnored } from './frame-matching.ts';
import { computeIdentityScores } from './identity.ts';
import { createMotBoxes, type MotBox, type MotBoxes } from './mot-boxes.ts';

/**
 * Scenes as strings, one per true or found object: the n-th character is its place in the n-th frame, one letter per
 * place; boxes at one place are the same, boxes at different places do not touch. A blank: not there.
 *
 *   truth 'AAA'   found 'AA '   ->  found twice, missed once
 */
const scene = (objects: readonly string[], flag = 1): MotBoxes =>
  createMotBoxes(
    objects.flatMap((places, id) =>
      Array.from(places).flatMap((place, i): MotBox[] => {
        const left = (place.codePointAt(0) ?? 0) * 100;
        return place === ' ' ? [] : [{ frame: i + 1, id: id + 1, left, top: 0, right: left + 40, bottom: 90, flag }];
      }),
    ),
  );

const boxAt = (id: number, frame: number, left: number): MotBox => ({
  frame,
  id,
  left,
  top: 0,
  right: left + 40,
  bottom: 90,
  flag: 1,
});

const boxTo = (right: number): MotBoxes =>
  createMotBoxes([{ frame: 1, id: 1, left: 0, top: 0, right, bottom: 1, flag: 1 }]);

interface Expected {
  readonly mota: number;
  readonly misses?: number;
  readonly falsePositives?: number;
  readonly identitySwitches?: number;
  readonly fragmentations?: number;
  readonly idf1: number;
}

describe('CLEAR MOT and IDF1, worked by hand', () => {
  it.each<[string, string[], string[], Expected]>([
    ['all right', ['AAAA', 'BBBB'], ['AAAA', 'BBBB'], { mota: 1, idf1: 1 }],
    ['nothing found', ['AAAA'], [], { mota: 0, misses: 4, idf1: 0 }],
    // 1 - 4/4; 2·4/(4 + 8)
    ['as much invented as there was', ['AAAA'], ['AAAA', 'BBBB'], { mota: 0, falsePositives: 4, idf1: 2 / 3 }],
    // 1 - 8/4: more wrong than there was
    ['twice as much invented', ['AAAA'], ['AAAA', 'BBBB', 'CCCC'], { mota: -1, falsePositives: 8, idf1: 0.5 }],
    // one switch of 6; the longer of the two pieces is right: 2·4/(6 + 6)
    ['one person, two identities', ['AAAAAA'], ['AAAA  ', '    AA'], { mota: 5 / 6, identitySwitches: 1, idf1: 2 / 3 }],
    // a switch counts once after a gap, too; lost and found again is a fragmentation
    [
      'the same with a gap',
      ['AAAAAA'],
      ['AAA   ', '    AA'],
      { mota: 4 / 6, misses: 1, identitySwitches: 1, fragmentations: 1, idf1: 6 / 11 },
    ],
    ['a gap under one identity', ['AAAAAA'], ['AA  AA'], { mota: 4 / 6, misses: 2, fragmentations: 1, idf1: 0.8 }],
    // two swap in the middle: two switches of 8; either pairing has 4 right: 2·4/(8 + 8)
    ['two swap', ['AAAA', 'BBBB'], ['AABB', 'BBAA'], { mota: 6 / 8, identitySwitches: 2, idf1: 0.5 }],
    // there and back: two switches, and IDF1 forgives what MOTA counts
    ['away and back', ['AAAAAA'], ['AA  AA', '  AA  '], { mota: 4 / 6, identitySwitches: 2, idf1: 8 / 12 }],
    ['a truth that ends is no miss', ['AA  ', 'BBBB'], ['AA  ', 'BBBB'], { mota: 1, idf1: 1 }],
    ['a truth that pauses is no fragmentation', ['AA AA'], ['AA AA'], { mota: 1, fragmentations: 0, idf1: 1 }],
  ])('%s', (_name, truth, found, expected) => {
    const scores = computeClearMot(scene(truth), scene(found));
    expect(scores).toMatchObject({
      misses: expected.misses ?? 0,
      falsePositives: expected.falsePositives ?? 0,
      identitySwitches: expected.identitySwitches ?? 0,
      fragmentations: expected.fragmentations ?? 0,
    });
    expect(scores.mota).toBeCloseTo(expected.mota, 12);
    expect(computeIdentityScores(scene(truth), scene(found)).idf1).toBeCloseTo(expected.idf1, 12);
  });

  it('a pair that still overlaps is kept, though another would fit better', () => {
    // Found 2 comes closer to the truth than found 1, with which it was matched before.
    const truth = createMotBoxes([boxAt(1, 1, 0), boxAt(1, 2, 0)]);
    const found = createMotBoxes([boxAt(1, 1, 4), boxAt(1, 2, 10), boxAt(2, 2, 0)]);
    expect(computeClearMot(truth, found)).toMatchObject({ identitySwitches: 0, falsePositives: 1, misses: 0 });
  });

  it('an overlap of half counts, a smaller one does not', () => {
    expect(computeClearMot(boxTo(1), boxTo(2)).truePositives).toBe(1);
    expect(computeClearMot(boxTo(1), boxTo(2.01)).truePositives).toBe(0);
    expect(computeClearMot(boxTo(1), boxTo(1.25)).motp).toBeCloseTo(0.8, 12);
  });
});

describe('boxes to be ignored', () => {
  it('are neither right nor wrong, nor is what matches them', () => {
    const counted = scene(['AAAA']);
    const both = createMotBoxes([
      ...[1, 2, 3, 4].map((row) => ({ frame: row, id: 1, left: 6500, top: 0, right: 6540, bottom: 90, flag: 1 })),
      ...[1, 2].map((frame) => ({ frame, id: 2, left: 6600, top: 0, right: 6640, bottom: 90, flag: 0 })),
    ]);
    const kept = withoutIgnored(both, scene(['AAAA', 'BBB ']));
    expect(kept.truth).toEqual(counted);
    // The third B matches nothing any more, and is wrong.
    expect(computeClearMot(kept.truth, kept.found)).toMatchObject({ falsePositives: 1, misses: 0 });
    expect(computeCountErrors(kept.truth, kept.found, [1, 2, 3, 4])).toMatchObject({ meanAbsolute: 0.25, bias: 0.25 });
  });

  it('do not take what belongs to a counted one', () => {
    const truth = createMotBoxes([
      { frame: 1, id: 1, left: 0, top: 0, right: 40, bottom: 90, flag: 1 },
      { frame: 1, id: 2, left: 10, top: 0, right: 50, bottom: 90, flag: 0 },
    ]);
    const found = createMotBoxes([{ frame: 1, id: 1, left: 2, top: 0, right: 42, bottom: 90, flag: 1 }]);
    expect(withoutIgnored(truth, found).found.count).toBe(1);
  });
});

describe('the count', () => {
  it('errors by number present, frames without anybody included', () => {
    const errors = computeCountErrors(scene(['AAA ', 'BB  ']), scene(['AAAA']), [1, 2, 3, 4, 5, 6]);
    // present 2 2 1 0 0 0, found 1 1 1 1 0 0
    expect(errors.frames).toBe(6);
    expect(errors.meanAbsolute).toBeCloseTo(3 / 6, 12);
    expect(errors.bias).toBeCloseTo(-1 / 6, 12);
    expect(errors.byPresent).toEqual([
      { present: 0, frames: 3, meanAbsolute: 1 / 3, bias: 1 / 3 },
      { present: 1, frames: 1, meanAbsolute: 0, bias: 0 },
      { present: 2, frames: 2, meanAbsolute: 1, bias: -1 },
    ]);
  });
});
