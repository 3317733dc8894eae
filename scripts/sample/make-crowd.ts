/**
 * `npm run sample:crowd`: makes the sample crowd of `samples/`: people who leave a room by a narrow passage, simulated
 * with the collision-free speed model.
 *
 * @see Tordeux, Chraibi & Seyfried, Collision-free speed model for pedestrian dynamics, Traffic and Granular Flow '15
 *   (2016) 225: speed by the room ahead, direction by the nearness of others and of walls
 */
import { writeFileSync } from 'node:fs';

type Vector = readonly [x: number, y: number];
type Wall = readonly [from: Vector, to: Vector];

/** A room of 7 m × 6 m, a passage of 1.2 m × 3 m, and the open behind it. */
const WALLS: readonly Wall[] = [
  [
    [0, 0],
    [0, 6],
  ],
  [
    [0, 6],
    [7, 6],
  ],
  [
    [0, 0],
    [7, 0],
  ],
  [
    [7, 0],
    [7, 2.4],
  ],
  [
    [7, 3.6],
    [7, 6],
  ],
  [
    [7, 2.4],
    [10, 2.4],
  ],
  [
    [7, 3.6],
    [10, 3.6],
  ],
];
const EXIT: Vector = [13, 3];
const ENTRANCE: Vector = [7.3, 3];

const PEOPLE = 60;
const FRAME_RATE = 8;
const STEPS_A_FRAME = 10;
const MOST_FRAMES = 480;
const DT_S = 1 / (FRAME_RATE * STEPS_A_FRAME);

/** Parameters of the model, as in the paper where it has them. */
const SIZE_M = 0.3;
const TIME_GAP_S = 0.8;
const FREE_SPEED_MPS = 1.34;
const OTHERS = { strength: 5, reachM: 0.1 };
const WALL = { strength: 3, reachM: 0.05 };

/** Numbers between 0 and 1, the same ones each time. */
const seeded = (seed: number) => (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};

const minus = ([ax, ay]: Vector, [bx, by]: Vector): Vector => [ax - bx, ay - by];
const length = ([x, y]: Vector): number => Math.hypot(x, y);
const unit = (vector: Vector): Vector => {
  const size = length(vector) || 1;
  return [vector[0] / size, vector[1] / size];
};

const nearestOn = ([from, to]: Wall, point: Vector): Vector => {
  const along = minus(to, from);
  const square = along[0] ** 2 + along[1] ** 2;
  const [px, py] = minus(point, from);
  const share = Math.min(1, Math.max(0, (px * along[0] + py * along[1]) / square));
  return [from[0] + share * along[0], from[1] + share * along[1]];
};

/** Where somebody would like to go: to the passage, and through it. */
const wish = (place: Vector): Vector => unit(minus(place[0] < ENTRANCE[0] - 0.05 ? ENTRANCE : EXIT, place));

const pushFrom = (
  direction: [number, number],
  from: Vector,
  place: Vector,
  gapM: number,
  { strength, reachM }: typeof WALL,
) => {
  const away = unit(minus(place, from));
  const push = strength * Math.exp(-gapM / reachM);
  direction[0] += push * away[0];
  direction[1] += push * away[1];
};

const directionOf = (i: number, places: readonly Vector[]): Vector => {
  const place = places[i] ?? EXIT;
  const direction: [number, number] = [...wish(place)];
  for (const [j, other] of places.entries())
    if (j !== i) pushFrom(direction, other, place, length(minus(place, other)) - SIZE_M, OTHERS);
  for (const wall of WALLS) {
    const nearest = nearestOn(wall, place);
    pushFrom(direction, nearest, place, length(minus(place, nearest)) - SIZE_M / 2, WALL);
  }
  return unit(direction);
};

/** Room ahead: to the nearest of those whom the way would touch. */
const speedOf = (i: number, places: readonly Vector[], [ex, ey]: Vector, freeMps: number): number => {
  const place = places[i] ?? EXIT;
  let gapM = Number.POSITIVE_INFINITY;
  for (const [j, other] of places.entries()) {
    if (j === i) continue;
    const [dx, dy] = minus(other, place);
    const isAhead = dx * ex + dy * ey > 0 && Math.abs(ex * dy - ey * dx) <= SIZE_M;
    if (isAhead) gapM = Math.min(gapM, Math.hypot(dx, dy) - SIZE_M);
  }
  return Math.min(freeMps, Math.max(0, gapM / TIME_GAP_S));
};

/** Places on a shaken lattice in the left part of the room, and how fast each would walk alone. */
const begin = (random: () => number): { places: Vector[]; freeMps: number[] } => {
  const places = Array.from({ length: PEOPLE }, (_, i): Vector => {
    const [column, row] = [Math.floor(i / 8), i % 8];
    return [0.5 + 0.62 * column + 0.1 * random(), 0.6 + 0.66 * row + 0.1 * random()];
  });
  return { places, freeMps: places.map(() => FREE_SPEED_MPS + 0.5 * (random() - 0.5)) };
};

const step = (places: readonly Vector[], freeMps: readonly number[]): Vector[] =>
  places.map((place, i) => {
    const direction = directionOf(i, places);
    const way = speedOf(i, places, direction, freeMps[i] ?? FREE_SPEED_MPS) * DT_S;
    return [place[0] + way * direction[0], place[1] + way * direction[1]];
  });

const simulate = (): string[] => {
  const start = begin(seeded(7));
  let { places, freeMps } = start;
  let ids = places.map((_, i) => i + 1);
  const rows: string[] = [];
  for (let frame = 0; frame < MOST_FRAMES && ids.length > 0; frame++) {
    for (const [i, [x, y]] of places.entries()) rows.push(`${ids[i]} ${frame} ${x.toFixed(3)} ${y.toFixed(3)}`);
    for (let k = 0; k < STEPS_A_FRAME; k++) places = step(places, freeMps);
    const stays = places.map(([x]) => x < EXIT[0] - 0.2);
    ids = ids.filter((_, i) => stays[i]);
    freeMps = freeMps.filter((_, i) => stays[i]);
    places = places.filter((_, i) => stays[i]);
  }
  return rows;
};

const rows = simulate();
const head = ['# A simulated crowd: collision-free speed model.', `# framerate: ${FRAME_RATE}`, '# id frame x/m y/m'];
writeFileSync(new URL('../../samples/passage.txt', import.meta.url), `${[...head, ...rows].join('\n')}\n`);
console.log(`samples/passage.txt: ${rows.length} rows, last ${rows.at(-1)}`);
