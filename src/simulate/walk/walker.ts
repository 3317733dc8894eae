/**
 * How people walk: the collision-free speed model, with the directions of its successor that looks ahead.
 *
 *   speed      v = min(v₀, max(0, (s − ℓ)/T)),        s to the nearest person ahead, in a lane as wide as a body
 *   direction  dê/dt = (ê_d − ê)/τ,                  ê_d ∝ ê₀ + Σ_j R_j·n_j,   n_j ⊥ ê₀, away from j
 *              R_j = k·(1 + (1 − ê₀·ê_j)/2)·exp((ℓ − s_j^a)/D),   s_j^a = max(ℓ, s_j + t_a·(v_j − v_i)·ê_ij)
 *
 * ê₀ is the way to the goal, s_j^a the distance at which j will be after t_a, and the factor before the exponential
 * makes people who come towards one matter twice as much as those who go the same way. Who meets somebody face to face
 * steps to the right. Bodies that touch nevertheless, sideways say, are eased apart, and walls have the last word.
 *
 * @see Tordeux, Chraibi & Seyfried, Collision-free speed model for pedestrian dynamics, Traffic and Granular Flow '15
 *   (2016) 225, arXiv 1512.05597: the speed
 * @see Xu, Chraibi & Seyfried, Anticipation in a velocity-based model for pedestrian dynamics, Transportation Research
 *   C 133 (2021) 103464: the direction
 */
import type { Walls } from '../place/walls.ts';
import type { Way } from '../place/way.ts';
import { decay } from './decay.ts';
import type { Neighbours } from './neighbours.ts';
import { type People, STANDS, TO_SPOT } from './people.ts';

/** Diameter of a body, m. */
export const BODY_M = 0.3;
/** T: who follows keeps this much time to who is ahead, s. */
const TIME_GAP_S = 1.06;
/** τ: turning takes so long, s. */
const TURN_S = 0.3;
/** t_a: so far people look ahead, s. */
const AHEAD_S = 1;
const PASSING_S = 2;
/** k and D: how much people yield sideways, and over which distance, m. */
const YIELD = 3;
const ONCOMING = 2;
const YIELD_M = 0.15;
const MOST_YIELD = 2;
/** Who is ahead by less than this (cosine) is beside one. */
const BESIDE = 0.2;
/** Who is straight ahead, and comes towards one, is taken to be this far on the left, m. */
const RIGHT_HAND_M = 0.4;
/** Walls are avoided from this distance between them and the body, m. */
const WALL_SHY_M = 0.25;
/** Bodies that overlap are eased apart by this share of it in a step, and no farther than so much, m. */
const EASE = 0.5;
const MOST_EASE_M = 0.05;
/** Slower than this is standing still, m/s. */
const STILL_MPS = 0.1;
/**
 * Who has stood still for so long, s, is out of patience: they creep, take only those for ahead who are within this
 * angle (cosine), and turn their shoulders to pass, with so much room, m, who does not go their way (cosine).
 */
const PATIENCE_S = 2;
const CREEP_MPS = 0.3;
const IMPATIENT_BESIDE = 0.7;
const SLIM_M = 0.2;
const SAME_WAY = 0.7;
/** Standing is remembered no longer than this, s. */
const MOST_STILL_S = 4;
/** More neighbours than this are not looked at. */
const MOST_NEIGHBOURS = 512;
/** People are seen this far, m: from there on nobody slows down who likes the highest speed. */
export const SIGHT_M = 2.2;

/** Moves people. */
export class Walker {
  readonly #walls: Walls;
  readonly #ways: readonly Way[];
  readonly #neighbours: Neighbours;
  /** Directions and distances of one person's neighbours. */
  readonly #toX = new Float64Array(MOST_NEIGHBOURS);
  readonly #toY = new Float64Array(MOST_NEIGHBOURS);
  readonly #distance = new Float64Array(MOST_NEIGHBOURS);
  readonly #who = new Uint32Array(MOST_NEIGHBOURS);
  #near = 0;
  #pushX = 0;
  #pushY = 0;
  /** ê₀ of the person at hand. */
  #wishX = 0;
  #wishY = 0;

  constructor(walls: Walls, ways: readonly Way[], neighbours: Neighbours) {
    this.#walls = walls;
    this.#ways = ways;
    this.#neighbours = neighbours;
  }

  /** Moves everybody by one step; the neighbours are those of now. */
  step(people: People, stepS: number): void {
    const { count, x, y, nextX, nextY } = people;
    for (let i = 0; i < count; i++) this.#plan(people, i, stepS);
    for (let i = 0; i < count; i++) {
      this.#walls.move(x[i], y[i], nextX[i], nextY[i], BODY_M / 2);
      x[i] = this.#walls.x;
      y[i] = this.#walls.y;
    }
  }

  #plan(people: People, i: number, stepS: number): void {
    this.#wish(people, i);
    this.#look(people, i);
    const walks = this.#wishX !== 0 || this.#wishY !== 0;
    if (walks) {
      this.#turn(people, i, stepS);
      people.speedMps[i] = this.#freeSpeed(people, i);
    } else people.speedMps[i] = 0;
    const way = people.speedMps[i] * stepS;
    people.nextX[i] = people.x[i] + way * people.directionX[i] + this.#pushX;
    people.nextY[i] = people.y[i] + way * people.directionY[i] + this.#pushY;
    const still = people.speedMps[i] < STILL_MPS ? stepS : -stepS;
    people.stillS[i] = Math.min(MOST_STILL_S, Math.max(0, people.stillS[i] + still));
  }

  /** Sets ê₀; 0, 0 for who wants to stand. */
  #wish({ x, y, goal, spotX, spotY }: People, i: number): void {
    this.#wishX = 0;
    this.#wishY = 0;
    if (goal[i] === STANDS) return;
    if (goal[i] === TO_SPOT) {
      const dx = spotX[i] - x[i];
      const dy = spotY[i] - y[i];
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance === 0) return;
      this.#wishX = dx / distance;
      this.#wishY = dy / distance;
      return;
    }
    const way = this.#ways[goal[i]];
    way.ask(x[i], y[i]);
    this.#wishX = way.x;
    this.#wishY = way.y;
    if (way.x !== 0 || way.y !== 0) return;
    // Pressed into a corner where no way begins: off the wall.
    this.#walls.look(x[i], y[i]);
    if (this.#walls.clearanceM > BODY_M) return;
    this.#wishX = this.#walls.normalX;
    this.#wishY = this.#walls.normalY;
  }

  /** Notes the neighbours, and how those who touch push. */
  #look({ x, y, id }: People, i: number): void {
    const { around, columns, rows, start, order } = this.#neighbours;
    const column = this.#neighbours.columnAt(x[i]);
    const row = this.#neighbours.rowAt(y[i]);
    const first = Math.max(0, column - around);
    const last = Math.min(columns - 1, column + around);
    const px = x[i];
    const py = y[i];
    let near = 0;
    let pushX = 0;
    let pushY = 0;
    for (let r = Math.max(0, row - around); r <= Math.min(rows - 1, row + around); r++) {
      const end = start[r * columns + last + 1];
      for (let k = start[r * columns + first]; k < end; k++) {
        const j = order[k];
        const dx = x[j] - px;
        const dy = y[j] - py;
        const square = dx * dx + dy * dy;
        if (square >= SIGHT_M * SIGHT_M || j === i || near === MOST_NEIGHBOURS) continue;
        const distance = Math.sqrt(square);
        // Two on one spot part by who came first.
        const toX = distance > 0 ? dx / distance : id[i] < id[j] ? 1 : -1;
        const toY = distance > 0 ? dy / distance : 0;
        if (distance < BODY_M) {
          pushX -= EASE * (BODY_M - distance) * toX;
          pushY -= EASE * (BODY_M - distance) * toY;
        }
        this.#who[near] = j;
        this.#toX[near] = toX;
        this.#toY[near] = toY;
        this.#distance[near++] = distance;
      }
    }
    this.#near = near;
    const push = Math.sqrt(pushX * pushX + pushY * pushY);
    const share = push > MOST_EASE_M ? MOST_EASE_M / push : 1;
    this.#pushX = share * pushX;
    this.#pushY = share * pushY;
  }

  /** Sideways, how much the neighbours make one yield: positive to the left of ê₀. */
  #yielding({ directionX, directionY, speedMps, desiredMps, spacingM }: People, i: number): number {
    const wishX = this.#wishX;
    const wishY = this.#wishY;
    const spacing = spacingM[i];
    // As fast as one would like to go: who is held up looks for a way past.
    const velocityX = desiredMps[i] * directionX[i];
    const velocityY = desiredMps[i] * directionY[i];
    let left = 0;
    for (let k = 0; k < this.#near; k++) {
      const toX = this.#toX[k];
      const toY = this.#toY[k];
      if (wishX * toX + wishY * toY <= 0 && directionX[i] * toX + directionY[i] * toY <= 0) continue;
      const j = this.#who[k];
      const parting = (speedMps[j] * directionX[j] - velocityX) * toX + (speedMps[j] * directionY[j] - velocityY) * toY;
      const sameWay = speedMps[j] > STILL_MPS ? wishX * directionX[j] + wishY * directionY[j] : 0;
      const soon = Math.max(spacing, this.#distance[k] + (sameWay > 0 ? PASSING_S : AHEAD_S) * parting);
      const weight = YIELD * (1 + (ONCOMING * (1 - sameWay)) / 2) * decay((spacing - soon) / YIELD_M);
      const aside = this.#distance[k] * (wishX * toY - wishY * toX) + (sameWay <= 0 ? RIGHT_HAND_M : 0);
      left -= aside > 0 ? weight : aside < 0 ? -weight : 0;
    }
    return Math.min(MOST_YIELD, Math.max(-MOST_YIELD, left));
  }

  /** Turns towards where one wants to go, past the neighbours and along the walls. */
  #turn(people: People, i: number, stepS: number): void {
    const { directionX, directionY } = people;
    const left = this.#yielding(people, i);
    let aimX = this.#wishX - left * this.#wishY;
    let aimY = this.#wishY + left * this.#wishX;
    const aim = Math.sqrt(aimX * aimX + aimY * aimY);
    aimX /= aim;
    aimY /= aim;
    const stands = directionX[i] === 0 && directionY[i] === 0;
    const share = stands ? 1 : Math.min(1, stepS / TURN_S);
    let x = directionX[i] + share * (aimX - directionX[i]);
    let y = directionY[i] + share * (aimY - directionY[i]);
    this.#walls.look(people.x[i], people.y[i]);
    const { clearanceM, normalX, normalY } = this.#walls;
    const into = x * normalX + y * normalY;
    if (into < 0 && clearanceM < BODY_M / 2 + WALL_SHY_M) {
      const near = Math.min(1, 1 - (clearanceM - BODY_M / 2) / WALL_SHY_M);
      x -= near * into * normalX;
      y -= near * into * normalY;
    }
    const length = Math.sqrt(x * x + y * y);
    // Turning right round: for an instant there is no direction, so the new one is taken.
    directionX[i] = length > 1e-3 ? x / length : aimX;
    directionY[i] = length > 1e-3 ? y / length : aimY;
  }

  /** Speed that the nearest person ahead leaves. */
  #freeSpeed(people: People, i: number): number {
    const { directionX, directionY, desiredMps, spacingM, stillS } = people;
    const x = directionX[i];
    const y = directionY[i];
    const isImpatient = stillS[i] > PATIENCE_S && spacingM[i] <= BODY_M;
    const beside = isImpatient ? IMPATIENT_BESIDE : BESIDE;
    let room = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#near; k++) {
      const distance = this.#distance[k];
      const ahead = x * this.#toX[k] + y * this.#toY[k];
      if (ahead <= beside || distance - spacingM[i] >= room) continue;
      const j = this.#who[k];
      const isSlim = isImpatient && x * directionX[j] + y * directionY[j] < SAME_WAY;
      const spacing = isSlim ? SLIM_M : spacingM[i];
      const aside = (x * this.#toY[k] - y * this.#toX[k]) * distance;
      if (aside < spacing && aside > -spacing) room = Math.min(room, distance - spacing);
    }
    const most = isImpatient ? Math.min(CREEP_MPS, desiredMps[i]) : desiredMps[i];
    return Math.min(most, Math.max(0, room / TIME_GAP_S));
  }
}
