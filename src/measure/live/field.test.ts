import { describe, expect, it } from 'vitest';
import { type FieldObservation, MOST_FIELD_CELLS } from '../../contract/index.ts';
import { cellAt, cellCount } from '../space/field-grid.ts';
import { fieldOver } from './field.ts';
import { box, NOON, setUp, type Somebody, THREE } from './scene.fixture.ts';

/** People in a field. */
const people = ({ cellM, densityPerM2 }: FieldObservation): number =>
  densityPerM2.reduce((sum, density) => sum + density * cellM ** 2, 0);

/** Three who walk alike, at 0.5 m/s to the right and 0.25 m/s down. */
const walkers = (ms: number): Somebody[] => THREE.map(([id, x, y]) => [id, x + ms / 2000, y - ms / 4000]);

describe('fieldOver', () => {
  const cases: readonly [what: string, width: number, height: number][] = [
    ['a room', 5, 4],
    ['a square of 64 m', 64, 64],
    ['a square of 64.1 m', 64.1, 64.1],
    ['a kilometre', 1000, 1000],
    ['a long street', 100_000, 3],
    ['a point', 0, 0],
    ['half way round the Earth', 2e7, 2e7],
  ];
  it.each(cases)('covers %s with cells that are large enough and few enough', (_, width, height) => {
    const grid = fieldOver({ left: -7, bottom: 3, right: width - 7, top: height + 3 });
    expect(cellCount(grid)).toBeLessThanOrEqual(MOST_FIELD_CELLS);
    expect(grid.cellM).toBeGreaterThanOrEqual(1);
    expect(grid.columns * grid.cellM).toBeGreaterThanOrEqual(width - 1e-3);
    expect(grid.rows * grid.cellM).toBeGreaterThanOrEqual(height - 1e-3);
    // Large ones are not coarser than they have to be.
    expect(cellCount(grid)).toBeGreaterThanOrEqual(width >= 1000 ? MOST_FIELD_CELLS / 3 : 1);
  });
});

describe('the field of a second', () => {
  it('adds up to the people, each where they stand', () => {
    const { show, second } = setUp();
    for (let ms = 0; ms < 1000; ms += 200) show(ms, THREE);
    const { field } = second(0);
    if (field === null) throw new Error('there is a field');
    expect(field).toMatchObject({ cellM: 1, columns: 16, rows: 9 });
    expect(field.originXM).toBeCloseTo(0, 9);
    expect(field.originYM).toBeCloseTo(0, 9);
    expect(people(field)).toBeGreaterThan(2.9);
    expect(people(field)).toBeLessThan(3.01);
    for (const [, x, y] of THREE) expect(field.cell).toContain(cellAt(field, x, y));
    expect(Math.min(...field.densityPerM2)).toBeGreaterThanOrEqual(0.005);
  });

  it('has no velocities of people who have only just come', () => {
    const { show, second } = setUp();
    show(0, THREE);
    const { field } = second(0);
    expect(field?.cell.length).toBeGreaterThan(20);
    expect(new Set([...(field?.velocityXMps ?? []), ...(field?.velocityYMps ?? [])])).toEqual(new Set([null]));
  });

  it('has the velocities of those near', () => {
    const { show, second } = setUp();
    for (let ms = 0; ms < 3000; ms += 200) show(ms, walkers(ms));
    second(0);
    second(1);
    const { field } = second(2);
    expect(new Set(field?.velocityXMps)).toEqual(new Set([0.5]));
    expect(new Set(field?.velocityYMps)).toEqual(new Set([-0.25]));
  });

  it('never draws somebody alone', () => {
    const { show, second } = setUp();
    for (let ms = 0; ms < 1000; ms += 200) show(ms, THREE.slice(0, 2));
    expect(second(0).field).toBeNull();
  });

  it('is of the frames alone in which there were enough', () => {
    const { show, second } = setUp();
    show(0, THREE);
    show(200, THREE);
    // One who walks off alone afterwards is not to be seen.
    for (const ms of [400, 600, 800]) show(ms, [[9, 14, 1]]);
    const { field } = second(0);
    if (field === null) throw new Error('there is a field');
    expect(people(field)).toBeCloseTo(3, 1);
    expect(field.cell).not.toContain(cellAt(field, 14, 1));
  });

  it('counts for the minimum who is on the grid, and a person', () => {
    const { show, second } = setUp();
    show(0, [...THREE.slice(0, 2), [3, 5, 5, 2]]);
    expect(second(0).field).toBeNull();
    const everywhere = setUp({ sight: { kind: 'everywhere' }, walkable: [box(0, 0, 5, 5)] });
    everywhere.stage.put(NOON, THREE); // two of them are on it
    everywhere.meter.see(null, everywhere.stage.positions);
    expect(everywhere.second(0).field).toBeNull();
  });

  it('is of people who stand at a wall too', () => {
    const { meter, stage, second } = setUp({ sight: { kind: 'everywhere' }, walkable: [box(0, 0, 5.4, 5.4)] });
    stage.put(NOON, [
      [1, 5.38, 1],
      [2, 5.38, 3],
      [3, 1, 5.38],
    ]);
    meter.see(null, stage.positions);
    const { field } = second(0);
    expect(field && people(field)).toBeCloseTo(3, 1);
  });

  it('shows a person also where cells are large', () => {
    const { meter, stage, second } = setUp({
      sight: { kind: 'everywhere' },
      walkable: [box(-2000, -2000, 2000, 2000)],
    });
    stage.put(NOON, THREE);
    meter.see(null, stage.positions);
    const { field } = second(0);
    expect(field && people(field)).toBeGreaterThan(2.5);
  });
});
