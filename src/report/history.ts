/** What the page needs of all frames, in bounded memory however long the recording. */
import type { FrameMeasurement, GateId, GateSample, ZoneId, ZoneSample } from '../contract/index.ts';
import { FigureSlots, type FlowState, FlowSlots } from './slots.ts';
import { type Stretch, Timeline } from './timeline.ts';

/** How one zone was, over time. */
export interface ZoneHistory {
  readonly zone: ZoneId;
  /** People at once. */
  readonly occupancy: readonly Stretch[];
  /** Classic density, people/m²; empty when it was never known. */
  readonly density: readonly Stretch[];
  /** Greatest crowd pressure in the zone, 1/s²; empty when it was never known. */
  readonly pressure: readonly Stretch[];
  readonly flow: FlowHistory | null;
}

/** Density and speed of one zone, stretch by stretch. */
export interface FlowHistory {
  readonly method: 'Voronoi' | 'classic';
  /** Length of a stretch, s. */
  readonly stretchS: number;
  readonly states: readonly FlowState[];
}

/** How many had crossed one gate by a time. */
export interface Crossed {
  readonly timeMs: number;
  readonly count: number;
}

/** Cumulative crossings of one gate over time. */
export interface GateHistory {
  readonly gate: GateId;
  readonly cumulative: readonly Stretch[];
  /** The first and the last crossing; null when nobody crossed. */
  readonly first: Crossed | null;
  readonly last: Crossed | null;
}

/** How finely a history is read. */
export interface Fineness {
  /** Most stretches of a chart over time. */
  readonly stretches: number;
  /** Most points of a fundamental diagram. */
  readonly states: number;
}

/** Points of a fundamental diagram stand for at least this much time: shorter means are mostly noise. */
const STATE_MS = 1000;

class ZoneRecord {
  readonly #timeline: Timeline;
  readonly #occupancy: FigureSlots;
  #density: FigureSlots | null = null;
  #pressure: FigureSlots | null = null;
  #classic: FlowSlots | null = null;
  #voronoi: FlowSlots | null = null;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#occupancy = timeline.keep(new FigureSlots());
  }

  add(slot: number, occupancy: number, sample: ZoneSample): void {
    const { densityPerM2, speedMps, densityVoronoiPerM2, speedVoronoiMps, pressurePerS2 } = sample;
    this.#occupancy.add(slot, occupancy);
    if (densityPerM2 !== null) (this.#density ??= this.#timeline.keep(new FigureSlots())).add(slot, densityPerM2);
    if (pressurePerS2 !== null) (this.#pressure ??= this.#timeline.keep(new FigureSlots())).add(slot, pressurePerS2);
    if (densityPerM2 !== null && speedMps !== null)
      (this.#classic ??= this.#timeline.keep(new FlowSlots())).add(slot, densityPerM2, speedMps);
    if (densityVoronoiPerM2 !== null && speedVoronoiMps !== null)
      (this.#voronoi ??= this.#timeline.keep(new FlowSlots())).add(slot, densityVoronoiPerM2, speedVoronoiMps);
  }

  history(zone: ZoneId, { stretches, states }: Fineness): ZoneHistory {
    const over = (slots: FigureSlots | null): Stretch[] => (slots ? this.#timeline.stretches(slots, stretches) : []);
    return {
      zone,
      occupancy: over(this.#occupancy),
      density: over(this.#density),
      pressure: over(this.#pressure),
      flow: this.#flow(states),
    };
  }

  #flow(atMost: number): FlowHistory | null {
    const slots = this.#voronoi ?? this.#classic;
    if (slots === null) return null;
    const parts = this.#timeline.parts(atMost, STATE_MS);
    const stretchS = parts[0] ? this.#timeline.lengthMs(parts[0]) / 1000 : 0;
    const states = parts.flatMap((part) => slots.over(part) ?? []);
    return { method: slots === this.#voronoi ? 'Voronoi' : 'classic', stretchS, states };
  }
}

class GateRecord {
  readonly #cumulative: FigureSlots;
  #first: Crossed | null = null;
  #last: Crossed | null = null;

  constructor(timeline: Timeline) {
    this.#cumulative = timeline.keep(new FigureSlots());
  }

  add(slot: number, timeMs: number, count: number): void {
    this.#cumulative.add(slot, count);
    if (count <= (this.#last?.count ?? 0)) return;
    this.#last = { timeMs, count };
    this.#first ??= this.#last;
  }

  history(gate: GateId, timeline: Timeline, { stretches }: Fineness): GateHistory {
    const cumulative = timeline.stretches(this.#cumulative, stretches);
    return { gate, cumulative, first: this.#first, last: this.#last };
  }
}

/**
 * Remembers how each zone and gate was: mean, least and most per slot of time. When the slots are full each pair
 * becomes one, so no peak is ever lost, only its exact moment.
 */
export class HistoryRecorder {
  readonly #timeline = new Timeline();
  readonly #zones = new Map<ZoneId, ZoneRecord>();
  readonly #gates = new Map<GateId, GateRecord>();

  /** Takes in a frame; keeps nothing of the object. Frames come in order of time. */
  add({ timeMs, zones, gates }: FrameMeasurement): void {
    const slot = this.#timeline.advance(timeMs);
    for (const sample of zones) this.#addZone(slot, sample);
    for (const sample of gates) this.#addGate(slot, timeMs, sample);
  }

  /** What was remembered of each zone that was seen. */
  zones(fineness: Fineness): ZoneHistory[] {
    return [...this.#zones].map(([zone, record]) => record.history(zone, fineness));
  }

  /** What was remembered of each gate that was seen. */
  gates(fineness: Fineness): GateHistory[] {
    return [...this.#gates].map(([gate, record]) => record.history(gate, this.#timeline, fineness));
  }

  #addZone(slot: number, sample: ZoneSample): void {
    if (sample.occupancy === null) return;
    const record = this.#zones.get(sample.zone) ?? new ZoneRecord(this.#timeline);
    this.#zones.set(sample.zone, record);
    record.add(slot, sample.occupancy, sample);
  }

  #addGate(slot: number, timeMs: number, { gate, cumulative }: GateSample): void {
    if (cumulative === null) return;
    const record = this.#gates.get(gate) ?? new GateRecord(this.#timeline);
    this.#gates.set(gate, record);
    record.add(slot, timeMs, cumulative);
  }
}
