/**
 * How long a zone was at each level of service.
 */
import type { LevelOfService, LevelOfServiceTable, TimeInLevelsS } from '../../contract/index.ts';
import { levelOfService } from './level-of-service.ts';

/**
 * Adds up the time at each level, frame by frame: to the time that was measured, holes left out, less that of which the
 * density is unknown.
 */
export class TimeInLevels {
  readonly #table: LevelOfServiceTable;
  readonly #seconds: Record<LevelOfService, number> = { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0 };

  constructor(table: LevelOfServiceTable) {
    this.#table = table;
  }

  /**
   * Takes one frame.
   *
   * @param densityPerM2 people per m²; null when unknown
   * @param seconds how long the frame stands for, s
   */
  add(densityPerM2: number | null, seconds: number): void {
    if (densityPerM2 === null || Number.isNaN(densityPerM2)) return;
    this.#seconds[levelOfService(this.#table, densityPerM2)] += seconds;
  }

  /** The times so far, s; a copy, to keep. */
  snapshot(): TimeInLevelsS {
    return { ...this.#seconds };
  }
}
