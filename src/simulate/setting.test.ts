/** Which plans a place takes, and which it refuses. */
import { describe, expect, it } from 'vitest';
import { StarlingError } from '../contract/index.ts';
import { crowdOf, rectangle, type Scene } from './crowd.fixture.ts';

const refusal = (source: string, scene: Scene = {}): string => {
  try {
    crowdOf(source, scene);
  } catch (error) {
    if (error instanceof StarlingError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};
const hall = (length: number, width: number): Scene => ({ walkable: [rectangle(0, 0, length, width)] });

describe('createSimulation', () => {
  it.each<readonly [source: string, scene: Scene, says: RegExp]>([
    ['sim://plaza?people=500', hall(20, 10), /too small for 500 people: there is room for \d+ on 1\d\d m²/],
    ['sim://plaza?people=1', hall(2, 1), /too small: bodies fit on/],
    ['sim://plaza?people=1', hall(40, 0.2), /too small: bodies fit on 0.0 m²/],
    ['sim://plaza?people=1', hall(900, 900), /too large/],
    ['sim://corridor?width=5', hall(20, 10), /width shapes the scenario's own place/],
    ['sim://ring?people=9', hall(20, 10), /a ring has a place of its own/],
    ['sim://surge?area=stage', {}, /no zone "stage" on the ground/],
    [
      'sim://surge?area=stag',
      { zones: [{ id: 'stage', polygon: rectangle(15, 10, 20, 15) }] },
      /perhaps you mean "stage"/,
    ],
    ['sim://surge?area=away', { zones: [{ id: 'away', polygon: rectangle(90, 10, 99, 15) }] }, /nobody can stand/],
    [
      'sim://surge?area=all',
      { zones: [{ id: 'all', polygon: rectangle(0, 0, 40, 30) }] },
      /it would take 59\d\d people/,
    ],
    ['sim://plaza', { framesPerS: 0 }, /0 instants a second/],
    ['sim://plaza', { framesPerS: Number.NaN }, /NaN instants a second/],
    [
      'sim://plaza',
      {
        walkable: [
          [
            [0, 0],
            [9, 9],
            [9, 0],
            [0, 9],
          ],
        ],
      },
      /GROUND_AREA_/,
    ],
    ['sim://plaza', { walkable: [] }, /GROUND_AREA/],
  ])('refuses %s %j', (source, scene, says) => {
    expect(refusal(source, scene)).toMatch(says);
  });

  it('takes a place that fits', () => {
    expect(refusal('sim://plaza?people=100', hall(20, 10))).toBe('taken');
    expect(refusal('sim://surge?area=stage', { zones: [{ id: 'stage', polygon: rectangle(15, 10, 20, 15) }] })).toBe(
      'taken',
    );
  });

  it('tells what is walked on', () => {
    const { walkable } = hall(20, 10);
    expect(crowdOf('sim://plaza?people=9', hall(20, 10)).walkable).toEqual(walkable);
    expect(crowdOf('sim://corridor?length=30').walkable).toEqual([rectangle(0, 0, 30, 4)]);
  });
});
