/** Where a plan is played: the site's place or the scenario's own, checked for what the plan asks of it. */
import type { Point, Zone } from '../contract/index.ts';
import { createZonePieces, createWalkableArea, sharedAreaM2 } from '../ground/index.ts';
import { nearestName } from './nearest-name.ts';
import { createPlace, type Place } from './place/place.ts';
import { badScenario, isNumber, type SimulationPlan } from './plan.ts';
import { MOST_PEOPLE, type Scenario, SCENARIOS } from './scenarios.ts';
import { middleOf } from './scripts/surge.ts';
import { type Area, SCRIPTS, type Setting } from './scripts/table.ts';
import { BODY_M } from './walk/walker.ts';

/** Squares are no larger than this, m: beyond it nothing narrow is found. */
const LARGEST_CELL_M = 1;
/** Half a side of the square where a surge gathers unless the address names a zone, m. */
const AREA_HALF_M = 2.5;

/** Ground that a place has at least, m²: room for its ends and something between. */
const LEAST_M2 = 8;

type Rings = readonly (readonly Point[])[];

const ringsOf = (plan: SimulationPlan, walkable: Rings | null): Rings => {
  if (walkable === null) return SCRIPTS[plan.scenario].ownPlace(plan.numbers);
  const { parameters }: Scenario = SCENARIOS[plan.scenario];
  const shape = plan.given.find((name) => {
    const parameter = parameters[name];
    return isNumber(parameter) && parameter.shapesPlace;
  });
  if (shape !== undefined)
    throw badScenario(plan.source, `${shape} shapes the scenario's own place, and the site says what is walkable`);
  if (plan.scenario === 'ring')
    throw badScenario(plan.source, 'a ring has a place of its own, and the site says what is walkable');
  return walkable;
};

const roomProblem = ({ scenario, numbers: { people } }: SimulationPlan, { cells }: Place): string | null => {
  if (cells.cellM > LARGEST_CELL_M) return 'the place is too large to find ways in';
  const areaM2 = cells.areaM2(cells.list.length);
  if (areaM2 < LEAST_M2)
    return `the place is too small: bodies fit on ${areaM2.toFixed(1)} m², and ${LEAST_M2} are needed to enter and leave`;
  const most = Math.floor(SCRIPTS[scenario].mostPerM2 * areaM2);
  if (people <= most) return null;
  return `the place is too small for ${people} people: there is room for ${most} on ${areaM2.toFixed(0)} m²`;
};

/** The zone that the plan names, or else a square in the middle of the place; from the place's origin. */
const polygonOf = (plan: SimulationPlan, place: Place, zones: readonly Zone[]): Point[] => {
  const { area } = plan.names;
  if (area === undefined) {
    const all = place.cells;
    const middle = middleOf(
      place,
      place.rings[0].map(([x, y]) => [x - place.originX, y - place.originY]),
    );
    const [x, y] = [all.xOf(middle), all.yOf(middle)];
    const [left, right, bottom, top] = [x - AREA_HALF_M, x + AREA_HALF_M, y - AREA_HALF_M, y + AREA_HALF_M];
    return [
      [left, bottom],
      [right, bottom],
      [right, top],
      [left, top],
    ];
  }
  const ground = zones.flatMap((zone) => ('polygon' in zone ? [zone] : []));
  const zone = ground.find(({ id }) => id === area);
  if (zone) return zone.polygon.map(([x, y]) => [x - place.originX, y - place.originY]);
  const names = ground.map(({ id }) => id);
  throw badScenario(
    plan.source,
    names.length === 0
      ? `there is no zone "${area}" on the ground`
      : `there is no zone "${area}" on the ground, perhaps you mean "${nearestName(area, names)}"`,
  );
};

const areaOf = (plan: SimulationPlan, place: Place, zones: readonly Zone[]): Area => {
  const polygon = polygonOf(plan, place, zones);
  const onPlan = polygon.map(([x, y]): Point => [x + place.originX, y + place.originY]);
  const areaM2 = sharedAreaM2(createWalkableArea(place.rings), createZonePieces(onPlan));
  if (middleOf(place, polygon) < 0) throw badScenario(plan.source, 'nobody can stand in the area that it names');
  const needed = Math.ceil(plan.numbers['peak'] * areaM2);
  if (needed > MOST_PEOPLE / 2)
    throw badScenario(plan.source, `the area is too large to fill: it would take ${needed} people`);
  return { polygon, areaM2 };
};

/** Prepares the setting of a plan. */
export const createSetting = (plan: SimulationPlan, walkable: Rings | null, zones: readonly Zone[]): Setting => {
  const place = createPlace(ringsOf(plan, walkable), BODY_M / 2);
  const problem = roomProblem(plan, place);
  if (problem !== null) throw badScenario(plan.source, problem);
  return { place, numbers: plan.numbers, isOwn: walkable === null, area: () => areaOf(plan, place, zones) };
};
