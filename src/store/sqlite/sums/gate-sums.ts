import { type GateObservation, OBJECT_CLASSES, type ObjectClass, type Observation } from '../../../contract/index.ts';

/** Crossings of a gate, inwards and outwards. */
export interface Crossings {
  in: number;
  out: number;
}

/** A gate over a stretch of time, as what adds up. NaN is unknown. */
export class GateSums {
  measuredS = 0;
  /** Time in which crossings could be known, s; NaN when they never could. */
  knownS = Number.NaN;
  lastMs = -1;
  seenShare = 0;
  widthM = Number.NaN;
  variance = 0;
  systematicError = 0;
  /** Those of each class that crossed. */
  readonly crossings = new Map<ObjectClass, Crossings>();

  addSecond(gate: GateObservation, { startMs, measuredS }: Observation): void {
    this.measuredS += measuredS;
    this.addLast(startMs, gate.seenShare, gate.widthM ?? Number.NaN);
    this.variance += gate.variance;
    this.systematicError += gate.systematicError;
    if (gate.counts === null) return;
    this.addKnown(measuredS);
    for (const name of OBJECT_CLASSES) {
      const counted = gate.counts[name];
      if (counted !== undefined) this.addCrossings(name, counted.in, counted.out);
    }
  }

  /** The share that is seen, and its width, are those of the second that began last. */
  addLast(lastMs: number, seenShare: number, widthM: number): void {
    if (lastMs < this.lastMs) return;
    this.lastMs = lastMs;
    this.seenShare = seenShare;
    this.widthM = widthM;
  }

  addKnown(knownS: number): void {
    if (!Number.isNaN(knownS)) this.knownS = Number.isNaN(this.knownS) ? knownS : this.knownS + knownS;
  }

  addCrossings(name: ObjectClass, ins: number, outs: number): void {
    if (ins + outs === 0) return;
    const counted = this.crossings.get(name) ?? { in: 0, out: 0 };
    counted.in += ins;
    counted.out += outs;
    this.crossings.set(name, counted);
  }
}
