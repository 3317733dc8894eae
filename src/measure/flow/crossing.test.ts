import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlanarPoints, frameNumber, mediaTimeMs, type Point } from '../../contract/index.ts';
import { type Crossing, CrossingCounter, type CrossingOptions, crossingStandardError } from './crossing.ts';
import { seededNormals } from '../seeded-normals.fixture.ts';

const FRAME_MS = 100;

/** A walk: where somebody's foot is in each frame; null while unseen. */
type Walk = readonly (Point | null)[];
interface Walker {
  readonly walk: Walk;
  readonly id?: number;
  /** Standard error of the foot point, each way; default 0.1. */
  readonly error?: number;
  readonly classIndex?: number;
}

interface Outcome {
  readonly in: number;
  readonly out: number;
  readonly unresolved: number;
  readonly crossings: readonly Crossing[];
}

/** The gate of the tables: straight up the y axis of the ground, from (0,0) to (0,4). In is towards −x. */
const GATE: CrossingOptions = { plane: 'ground', a: [0, 0], b: [0, 4] };

const run = (walkers: readonly Walker[], gate: CrossingOptions = GATE): Outcome => {
  const crossings: Crossing[] = [];
  let unresolved = 0;
  const counter = new CrossingCounter(gate, {
    crossed: (crossing) => crossings.push(crossing),
    unresolved: () => unresolved++,
  });
  const points = createPlanarPoints(gate.plane, walkers.length);
  const frames = Math.max(...walkers.map(({ walk }) => walk.length));
  for (let frame = 0; frame < frames; frame++) {
    points.count = 0;
    points.frame = frameNumber(frame + 1);
    points.timeMs = mediaTimeMs(frame * FRAME_MS);
    for (const [index, { walk, id = index + 1, error = 0.1, classIndex = 0 }] of walkers.entries()) {
      const point = walk[frame];
      if (!point) continue;
      const i = points.count++;
      points.id[i] = id;
      points.classIndex[i] = classIndex;
      [points.x[i], points.y[i]] = point;
      points.varianceXX[i] = error ** 2;
      points.varianceXY[i] = 0;
      points.varianceYY[i] = error ** 2;
    }
    counter.update(points);
  }
  counter.finish();
  const count = (direction: string): number => crossings.filter((crossing) => crossing.direction === direction).length;
  return { in: count('in'), out: count('out'), unresolved, crossings };
};

/** From one point to another in equal steps. */
const line = ([ax, ay]: Point, [bx, by]: Point, frames = 21): Point[] =>
  Array.from({ length: frames }, (_, i): Point => {
    const share = i / (frames - 1);
    return [ax + share * (bx - ax), ay + share * (by - ay)];
  });
const at = (point: Point, frames: number): Point[] => Array.from({ length: frames }, () => point);
const unseen = (frames: number): null[] => Array.from({ length: frames }, () => null);

describe('crossings of a gate up the y axis, foot points known to 0.1', () => {
  const table: readonly [what: string, walkers: readonly Walker[], counts: readonly [number, number, number]][] = [
    // --- plain -------------------------------------------------------------------------- in, out, unresolved
    ['right to left', [{ walk: line([2, 2], [-2, 2]) }], [1, 0, 0]],
    ['left to right', [{ walk: line([-2, 2], [2, 2]) }], [0, 1, 0]],
    ['there and back', [{ walk: [...line([2, 2], [-2, 2]), ...line([-2, 2], [2, 2])] }], [1, 1, 0]],
    ['along the gate, never across', [{ walk: line([1, 0], [1, 4]) }], [0, 0, 0]],
    ['slantwise', [{ walk: line([2, 0.5], [-2, 3.5]) }], [1, 0, 0]],
    [
      'round a corner, in pieces',
      [{ walk: [...line([2, 0], [0.5, 1]), ...line([0.5, 1], [-0.5, 3]), ...line([-0.5, 3], [-2, 3])] }],
      [1, 0, 0],
    ],
    [
      'in one great step, as a car at two frames a second',
      [
        {
          walk: [
            [5, 2],
            [-5, 2],
          ],
        },
      ],
      [1, 0, 0],
    ],
    ['two at once, opposite ways', [{ walk: line([2, 2], [-2, 2]) }, { walk: line([-2, 2.1], [2, 2.1]) }], [1, 1, 0]],
    [
      'twenty abreast',
      Array.from({ length: 20 }, (_, i) => ({ walk: line([2, 0.2 * i + 0.1], [-2, 0.2 * i + 0.1]) })),
      [20, 0, 0],
    ],
    // --- hesitation -----------------------------------------------------------------------------------------
    ['up to the line and back', [{ walk: [...line([2, 2], [0.1, 2]), ...line([0.1, 2], [2, 2])] }], [0, 0, 0]],
    ['a toe over the line and back', [{ walk: [...line([2, 2], [-0.15, 2]), ...line([-0.15, 2], [2, 2])] }], [0, 0, 0]],
    [
      'loitering on the line, then through',
      [{ walk: [...line([2, 2], [0, 2]), ...at([0.05, 2], 50), ...line([0, 2], [-2, 2])] }],
      [1, 0, 0],
    ],
    [
      'loitering on the line, then back',
      [{ walk: [...line([2, 2], [0, 2]), ...at([-0.05, 2], 50), ...line([0, 2], [2, 2])] }],
      [0, 0, 0],
    ],
    [
      'flicker from side to side within the error',
      [
        {
          walk: [
            ...line([2, 2], [0, 2]),
            ...Array.from({ length: 60 }, (_, i): Point => [i % 2 ? 0.15 : -0.15, 2]),
            ...line([0, 2], [2, 2]),
          ],
        },
      ],
      [0, 0, 0],
    ],
    [
      'one wild point on the other side',
      [{ walk: [...line([2, 2], [0.3, 2]), [-0.3, 2], ...line([0.3, 2], [2, 2])] }],
      [0, 0, 0],
    ],
    [
      'exactly on the line for a while',
      [{ walk: [...line([2, 2], [0.5, 2]), ...at([0, 2], 5), ...line([-0.5, 2], [-2, 2])] }],
      [1, 0, 0],
    ],
    [
      'exactly on the line, then back',
      [{ walk: [...line([2, 2], [0.5, 2]), ...at([0, 2], 5), ...line([0.5, 2], [2, 2])] }],
      [0, 0, 0],
    ],
    // --- the ends of the gate ---------------------------------------------------------------------------------
    ['past the upper end', [{ walk: line([2, 5], [-2, 5]) }], [0, 0, 0]],
    ['past the lower end', [{ walk: line([-2, -0.5], [2, -0.5]) }], [0, 0, 0]],
    ['just past the end, within the error', [{ walk: line([2, 4.05], [-2, 4.05]) }], [1, 0, 0]],
    [
      'round the end, then back through the gate',
      [
        {
          walk: [
            ...line([2, 2], [2, 6]),
            ...line([2, 6], [-2, 6]),
            ...line([-2, 6], [-2, 2]),
            ...line([-2, 2], [2, 2]),
          ],
        },
      ],
      [0, 1, 0],
    ],
    [
      'through the gate, then back round the end',
      [{ walk: [...line([2, 2], [-2, 2]), ...line([-2, 2], [-2, 6]), ...line([-2, 6], [2, 6])] }],
      [1, 0, 0],
    ],
    // --- tracks with holes ------------------------------------------------------------------------------------
    [
      'unseen for half a second while crossing',
      [{ walk: [...line([2, 2], [0.5, 2]), ...unseen(5), ...line([-0.5, 2], [-2, 2])] }],
      [1, 0, 0],
    ],
    [
      'unseen for longer than a life, then on the other side',
      [{ walk: [...line([2, 2], [0.5, 2]), ...unseen(160), ...line([-0.5, 2], [-2, 2])] }],
      [0, 0, 0],
    ],
    [
      'unseen around the end: the straight way is assumed',
      [{ walk: [...line([2, 2], [2, 3]), ...unseen(20), ...line([-2, 3], [-2, 2])] }],
      [1, 0, 0],
    ],
    // --- what cannot be known: noticed, not guessed ---------------------------------------------------------------
    ['a track born on the line', [{ walk: line([0.05, 2], [-2, 2]) }], [0, 0, 1]],
    ['a track that dies on the line', [{ walk: line([2, 2], [0.05, 2]) }], [0, 0, 1]],
    ['born and dead on the line', [{ walk: at([0.01, 2], 30) }], [0, 0, 0]],
    [
      'seen once beyond the line at the edge of the picture',
      [{ walk: [...line([2, 2], [0.3, 2]), [-0.3, 2]] }],
      [0, 0, 1],
    ],
    [
      'seen twice beyond the line at the edge of the picture',
      [{ walk: [...line([2, 2], [0.3, 2]), [-0.3, 2], [-0.35, 2]] }],
      [1, 0, 0],
    ],
    // --- unsupported: wrong, and known to be ----------------------------------------------------------------------
    [
      'handed to another track on the line: lost',
      [{ walk: line([2, 2], [0.1, 2]) }, { walk: [...unseen(21), ...line([-0.1, 2], [-2, 2])] }],
      [0, 0, 2],
    ],
    [
      'handed over beyond the error: lost, unnoticed',
      [{ walk: line([2, 2], [0.5, 2]) }, { walk: [...unseen(21), ...line([-0.5, 2], [-2, 2])] }],
      [0, 0, 0],
    ],
    [
      'two who swap tracks as they meet on the line: both lost',
      [
        { walk: [...line([2, 2], [0.1, 2]), ...line([0.1, 2], [2, 2])] },
        { walk: [...line([-2, 2], [-0.1, 2]), ...line([-0.1, 2], [-2, 2])] },
      ],
      [0, 0, 0],
    ],
    // --- degenerate ---------------------------------------------------------------------------------------------
    ['nobody', [{ walk: [null] }], [0, 0, 0]],
    [
      'a point that is nowhere',
      [
        {
          walk: [
            [2, 2],
            [Number.NaN, 2],
            [1, 2],
            [-1, 2],
            [-2, 2],
          ],
        },
      ],
      [1, 0, 0],
    ],
    ['points without error', [{ walk: line([2, 2], [-2, 2]), error: 0 }], [1, 0, 0]],
    ['points too uncertain to tell', [{ walk: line([2, 2], [-2, 2]), error: 3 }], [0, 0, 0]],
  ];

  it.each(table)('%s', (_what, walkers, [into, out, unresolved]) => {
    const outcome = run(walkers);
    expect([outcome.in, outcome.out, outcome.unresolved]).toEqual([into, out, unresolved]);
  });

  it('interpolates when and where', () => {
    // 4 m in 20 steps of 100 ms from x = 1.9: passes x = 0 after 9.5 steps, 0.25 of the way up.
    const { crossings } = run([{ walk: line([1.9, 1], [-2.1, 1]), classIndex: 2 }]);
    expect(crossings).toHaveLength(1);
    expect(crossings[0]?.timeMs).toBeCloseTo(950, 9);
    expect(crossings[0]?.along).toBeCloseTo(0.25, 9);
    expect(crossings[0]?.classIndex).toBe(2);
  });
});

describe('sides as seen drawn', () => {
  // An arrow up the page. On the ground up is +y, on the picture −y; right of it is +x on both.
  it.each([
    ['ground', [0.5, 0], [0.5, 1]],
    ['image', [0.5, 1], [0.5, 0]],
  ] as const)('%s: from right to left of an arrow up the page is in', (plane, a, b) => {
    const gate: CrossingOptions = { plane, a, b };
    expect(run([{ walk: line([0.9, 0.5], [0.1, 0.5]), error: 0.01 }], gate)).toMatchObject({ in: 1, out: 0 });
    expect(run([{ walk: line([0.1, 0.5], [0.9, 0.5]), error: 0.01 }], gate)).toMatchObject({ in: 0, out: 1 });
  });

  it('image: from top to bottom of an arrow to the left is in', () => {
    // Facing left on the page, the left hand points down.
    const gate: CrossingOptions = { plane: 'image', a: [1, 0.5], b: [0, 0.5] };
    expect(run([{ walk: line([0.5, 0.1], [0.5, 0.9]), error: 0.01 }], gate)).toMatchObject({ in: 1, out: 0 });
  });

  it('turns with the arrow (property)', () => {
    const c = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(c, c, c, c, c, c, (ax, ay, bx, by, px, py) => {
        fc.pre(Math.hypot(bx - ax, by - ay) > 0.1);
        const walk = line([px, py], [ax + bx - px, ay + by - py]);
        const there = run([{ walk, error: 0.001 }], { plane: 'ground', a: [ax, ay], b: [bx, by] });
        const back = run([{ walk, error: 0.001 }], { plane: 'ground', a: [bx, by], b: [ax, ay] });
        const drawn = run([{ walk, error: 0.001 }], { plane: 'image', a: [ax, ay], b: [bx, by] });
        expect([back.in, back.out]).toEqual([there.out, there.in]);
        expect([drawn.in, drawn.out]).toEqual([there.out, there.in]);
      }),
      { seed: 6 },
    );
  });
});

describe('ledger properties', () => {
  it('in and out alternate for each track, whatever its way (property)', () => {
    const step = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.2, max: 3.8, noNaN: true }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 60 }), (walk) => {
        const { crossings } = run([{ walk }]);
        const ways = crossings.map(({ direction }) => direction);
        expect(ways.filter((way, i) => way === ways[i + 1])).toEqual([]);
      }),
      { seed: 7 },
    );
  });

  it('is the same on a stretched picture (property)', () => {
    const step = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 5, noNaN: true }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), (walk) => {
        // Twice as wide with an error twice as wide: powers of two, so that not even rounding differs.
        const wide = run([{ walk: walk.map(([x, y]): Point => [2 * x, 2 * y]), error: 0.2 }], { ...GATE, b: [0, 8] });
        const narrow = run([{ walk }]);
        expect([wide.in, wide.out, wide.unresolved]).toEqual([narrow.in, narrow.out, narrow.unresolved]);
      }),
      { seed: 8 },
    );
  });

  it('rarely takes a minute of trembling on the line for a crossing', () => {
    const gauss = seededNormals(9);
    let counted = 0;
    for (let person = 0; person < 20; person++) {
      const walk = Array.from({ length: 420 }, (): Point => [0.1 * gauss(), 2]);
      const { crossings } = run([{ walk: [...line([2, 2], [0, 2]), ...walk, ...line([0, 2], [2, 2])] }]);
      counted += crossings.length;
    }
    // White noise of the stated size: two frames running beyond 2σ on one side happen 0.2 times a minute, and each
    // false passage is taken back by another.
    expect(counted / 20).toBeLessThan(0.6);
    expect(counted % 2).toBe(0);
  });

  it('forgets the dead', () => {
    const counter = new CrossingCounter({ ...GATE, lifeMs: 1000 }, { crossed: () => {}, unresolved: () => {} });
    const points = createPlanarPoints('ground', 1);
    points.count = 1;
    for (let id = 1; id <= 5000; id++) {
      points.id[0] = id;
      points.timeMs = mediaTimeMs(id * FRAME_MS);
      counter.update(points);
    }
    expect(counter.remembered).toBeLessThan(20);
  });
});

describe('crossingStandardError', () => {
  it('grows with the counted and with the open cases', () => {
    expect(crossingStandardError(0, 0)).toBe(0);
    expect(crossingStandardError(0, 4)).toBe(1);
    expect(crossingStandardError(51, 0)).toBeCloseTo(Math.sqrt(51 * 0.02275 * 0.97725), 4);
  });
});

it('tells the class of a track that began or ended on the line', () => {
  const told: [string, number][] = [];
  const listener = {
    crossed: () => {},
    unresolved: (direction: string, classIndex: number) => told.push([direction, classIndex]),
  };
  const counter = new CrossingCounter({ plane: 'ground', a: [0, 0], b: [0, 4] }, listener);
  const points = createPlanarPoints('ground', 2);
  points.count = 2;
  // One begins on the line and goes to the left; another comes from the right and is last seen on it.
  for (const [frame, [x, other]] of [
    [0, 1],
    [-0.5, 0.6],
    [-1, 0.01],
  ].entries()) {
    points.timeMs = mediaTimeMs(frame * FRAME_MS);
    points.frame = frameNumber(frame + 1);
    for (const [i, place] of [x || 0.001, other].entries()) {
      points.id[i] = i;
      points.classIndex[i] = i === 0 ? 2 : 0;
      points.x[i] = place;
      points.y[i] = 2;
      points.varianceXX[i] = 0.01;
      points.varianceYY[i] = 0.01;
    }
    counter.update(points);
  }
  counter.finish();
  expect(told).toEqual([
    ['in', 2],
    ['in', 0],
  ]);
});
