/**
 * How well detections agree with hand-drawn boxes.
 *
 * Average precision at intersection over union 0.5, as in PASCAL VOC 2010 and later: the area under the precision
 * curve, made monotone, over all scores. A truth that is flagged to be ignored neither counts as found nor as missed.
 */
import { readFileSync } from 'node:fs';
import type { Detections } from '../../src/contract/index.ts';

/** A hand-drawn box, in fractions of the frame. */
export interface TruthBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly ignored: boolean;
}

/** A detection after matching. */
interface Judged {
  readonly score: number;
  readonly verdict: 'right' | 'wrong' | 'ignored';
}

/** What was measured on a recording. */
export interface Accuracy {
  readonly averagePrecision: number;
  /** Mean absolute difference of the number of people, with the threshold that makes it least. */
  readonly countError: number;
  readonly countThreshold: number;
}

const MIN_IOU = 0.5;

/** Reads boxes in MOT format: frame, id, left, top, width, height, flag (0 = ignore). */
export function readTruth(path: string, frame: { width: number; height: number }): Map<number, TruthBox[]> {
  const truth = new Map<number, TruthBox[]>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [number, , left, top, width, height, flag] = line.split(',').map(Number);
    if (!number) continue;
    const boxes = truth.get(number) ?? [];
    truth.set(number, boxes);
    boxes.push({
      left: left / frame.width,
      top: top / frame.height,
      right: (left + width) / frame.width,
      bottom: (top + height) / frame.height,
      ignored: flag === 0,
    });
  }
  return truth;
}

function overlap(found: Detections, at: number, box: TruthBox): number {
  const width = Math.min(found.right[at], box.right) - Math.max(found.left[at], box.left);
  const height = Math.min(found.bottom[at], box.bottom) - Math.max(found.top[at], box.top);
  if (width <= 0 || height <= 0) return 0;
  const sizes =
    (found.right[at] - found.left[at]) * (found.bottom[at] - found.top[at]) +
    (box.right - box.left) * (box.bottom - box.top);
  return (width * height) / (sizes - width * height);
}

/** Judges one frame's detections of one class, surest first; each truth can be found once. */
function judge(found: Detections, classIndex: number, truth: readonly TruthBox[]): Judged[] {
  const taken = new Set<TruthBox>();
  const judged: Judged[] = [];
  for (let at = 0; at < found.count; at++) {
    if (found.classIndex[at] !== classIndex) continue;
    let best: TruthBox | undefined;
    let most = MIN_IOU;
    for (const box of truth) {
      const common = taken.has(box) ? 0 : overlap(found, at, box);
      if (common >= most) [best, most] = [box, common];
    }
    if (best && !best.ignored) taken.add(best);
    judged.push({ score: found.score[at], verdict: best ? (best.ignored ? 'ignored' : 'right') : 'wrong' });
  }
  return judged;
}

function averagePrecision(judged: readonly Judged[], total: number): number {
  const ranked = judged.filter(({ verdict }) => verdict !== 'ignored').toSorted((a, b) => b.score - a.score);
  let right = 0;
  const precisions = ranked.map(({ verdict }, rank) => {
    if (verdict === 'right') right++;
    return right / (rank + 1);
  });
  let best = 0;
  let sum = 0;
  for (let rank = ranked.length - 1; rank >= 0; rank--) {
    best = Math.max(best, precisions[rank]);
    if (ranked[rank].verdict === 'right') sum += best;
  }
  return sum / total;
}

/** Gathers frames, then gives the figures. */
export class AccuracyMeter {
  readonly #classIndex: number;
  readonly #frames: { readonly judged: readonly Judged[]; readonly people: number }[] = [];

  /** @param classIndex the class whose boxes are judged */
  constructor(classIndex: number) {
    this.#classIndex = classIndex;
  }

  /** Adds a frame. */
  add(found: Detections, truth: readonly TruthBox[]): void {
    const people = truth.filter((box) => !box.ignored).length;
    this.#frames.push({ judged: judge(found, this.#classIndex, truth), people });
  }

  /** The figures over all frames so far. */
  result(): Accuracy {
    const total = this.#frames.reduce((sum, { people }) => sum + people, 0);
    const judged = this.#frames.flatMap((frame) => frame.judged);
    const thresholds = Array.from({ length: 17 }, (_, step) => 0.1 + step * 0.05);
    const errors = thresholds.map((threshold) => this.#countError(threshold));
    const countError = Math.min(...errors);
    const countThreshold = thresholds[errors.indexOf(countError)];
    return { averagePrecision: averagePrecision(judged, total), countError, countThreshold };
  }

  #countError(threshold: number): number {
    const difference = ({ judged, people }: { judged: readonly Judged[]; people: number }): number =>
      Math.abs(judged.filter(({ score, verdict }) => score >= threshold && verdict !== 'ignored').length - people);
    return this.#frames.reduce((sum, frame) => sum + difference(frame), 0) / this.#frames.length;
  }
}
