import { CAMERA_STATES, type Observation } from '../../../contract/index.ts';

/** A camera over a stretch of time, as what adds up. */
export class CameraSums {
  measuredS = 0;
  offered = 0;
  measured = 0;
  dropped = 0;
  /** Time in each state, s, in the order of {@link CAMERA_STATES}. */
  readonly statesS = CAMERA_STATES.map(() => 0);

  addSecond({ measuredS, frames, health, startMs, endMs }: Observation): void {
    this.measuredS += measuredS;
    this.offered += frames.offered;
    this.measured += frames.measured;
    this.dropped += frames.dropped;
    this.statesS[CAMERA_STATES.indexOf(health.state)] += (endMs - startMs) / 1000;
  }
}
