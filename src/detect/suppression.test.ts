import { describe, expect, it } from 'vitest';
import { OBJECT_CLASSES, type ObjectClass } from '../contract/index.ts';
import { Candidates } from './candidates.ts';
import { Suppressor } from './suppression.ts';

type Box = readonly [left: number, top: number, right: number, bottom: number, score: number, kind?: ObjectClass];

function select(boxes: readonly Box[], { maxIou = 0.6, limit = 100 } = {}): number[] {
  const candidates = new Candidates(1);
  for (const [left, top, right, bottom, score, kind = 'person'] of boxes) {
    candidates.add(left, top, right, bottom, score, OBJECT_CLASSES.indexOf(kind));
  }
  return [...new Suppressor(maxIou, limit).select(candidates)];
}

// Boxes are 10 wide; shifted by s they overlap (10 − s) ÷ (10 + s).
const cases: readonly [what: string, boxes: readonly Box[], kept: readonly number[]][] = [
  ['nothing', [], []],
  ['one box', [[0, 0, 10, 10, 0.5]], [0]],
  [
    'two of one object: the surer stays',
    [
      [0, 0, 10, 10, 0.5],
      [1, 0, 11, 10, 0.8],
    ],
    [1],
  ],
  [
    'two people half hidden, 0.33: both stay',
    [
      [0, 0, 10, 10, 0.9],
      [5, 0, 15, 10, 0.8],
    ],
    [0, 1],
  ],
  [
    'exactly at the threshold, 0.6: both stay',
    [
      [0, 0, 10, 10, 0.9],
      [2.5, 0, 12.5, 10, 0.8],
    ],
    [0, 1],
  ],
  [
    'a chain: what was dropped drops nothing',
    [
      [0, 0, 10, 10, 0.9],
      [2, 0, 12, 10, 0.8],
      [4, 0, 14, 10, 0.7],
    ],
    [0, 2],
  ],
  [
    'touching edges do not overlap',
    [
      [0, 0, 10, 10, 0.9],
      [10, 0, 20, 10, 0.8],
    ],
    [0, 1],
  ],
  [
    'a small one inside a large one stays',
    [
      [0, 0, 10, 10, 0.9],
      [4, 4, 6, 6, 0.8],
    ],
    [0, 1],
  ],
  [
    'equal scores: the first stays',
    [
      [0, 0, 10, 10, 0.5],
      [0, 0, 10, 10, 0.5],
    ],
    [0],
  ],
  [
    'a rider and the bicycle are two',
    [
      [0, 0, 10, 10, 0.9],
      [0, 0, 10, 10, 0.8, 'bicycle'],
    ],
    [0, 1],
  ],
  [
    'a van that is car and truck is one',
    [
      [0, 0, 10, 10, 0.6, 'car'],
      [0, 0, 10, 10, 0.7, 'truck'],
    ],
    [1],
  ],
  [
    'a bicycle and a motorcycle are one',
    [
      [0, 0, 10, 10, 0.6, 'bicycle'],
      [0, 0, 10, 10, 0.5, 'motorcycle'],
    ],
    [0],
  ],
  [
    'a box without area harms nobody',
    [
      [5, 5, 5, 5, 0.9],
      [0, 0, 10, 10, 0.8],
    ],
    [0, 1],
  ],
];

describe('Suppressor', () => {
  it.each(cases)('%s', (_, boxes, kept) => {
    expect(select(boxes)).toEqual(kept);
  });

  it('keeps the surest up to its limit, in order of score', () => {
    const boxes = Array.from({ length: 50 }, (_, i): Box => [i * 20, 0, i * 20 + 10, 10, ((i * 7) % 50) / 50]);
    const byScore = boxes.map((_, i) => i).toSorted((a, b) => boxes[b][4] - boxes[a][4]);
    expect(select(boxes, { limit: 50 })).toEqual(byScore);
    expect(select(boxes, { limit: 3 })).toEqual(byScore.slice(0, 3));
  });

  it('gives the same when used again', () => {
    const suppressor = new Suppressor(0.6, 10);
    const many = new Candidates(0);
    for (let i = 0; i < 200; i++) many.add(i * 2, 0, i * 2 + 1, 1, (i % 10) / 10, 0);
    const first = [...suppressor.select(many)];
    const few = new Candidates(1);
    few.add(0, 0, 1, 1, 0.5, 0);
    expect([...suppressor.select(few)]).toEqual([0]);
    expect([...suppressor.select(many)]).toEqual(first);
  });
});
