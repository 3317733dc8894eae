/**
 * Bounds how much costly work is done at once, and how much may wait. There are two lanes: what is known to come from
 * somebody with a right to it goes first, so that a flood of strangers cannot keep it out.
 */
import { StarlingError } from '../../contract/index.ts';

/** `known` goes first. */
export type Lane = 'known' | 'anyone';

/** How much. */
export interface LaneLimits {
  readonly atOnce: number;
  /** In each lane; what comes on top is turned away. */
  readonly mostWaiting: number;
}

/** Does work when its turn has come. @throws SERVE_THROTTLED */
export type Lanes = <Result>(lane: Lane, work: () => Promise<Result>) => Promise<Result>;

/** What a full lane asks for; it is empty long before. */
const FULL_WAIT_S = 2;

/** Makes the lanes. */
export const createLanes = ({ atOnce, mostWaiting }: LaneLimits): Lanes => {
  const waiting: Readonly<Record<Lane, (() => void)[]>> = { known: [], anyone: [] };
  let working = 0;
  const turn = async (lane: Lane): Promise<void> => {
    if (working < atOnce) {
      working++;
      return;
    }
    if (waiting[lane].length >= mostWaiting) throw new StarlingError('SERVE_THROTTLED', { waitS: FULL_WAIT_S });
    // Whoever leaves hands its place over, so `working` stays as it is.
    await new Promise<void>((begin) => void waiting[lane].push(begin));
  };
  const leave = (): void => {
    const next = waiting.known.shift() ?? waiting.anyone.shift();
    if (next) next();
    else working--;
  };
  return async (lane, work) => {
    await turn(lane);
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
