import type { StarlingError } from '../../contract/index.ts';

/** How a sensor process is. */
export type SensorState =
  | { readonly kind: 'starting' }
  /** It said that it is at work. */
  | { readonly kind: 'running' }
  /** It ended, and will be started again. */
  | {
      readonly kind: 'waiting';
      /** Why it ended, in words: for the health reason SENSOR_DOWN. */
      readonly reason: string;
      readonly againInMs: number;
      /** What it wrote last, without credentials. */
      readonly lastWords: readonly string[];
      /** FLEET_SENSOR_LOST when it ended before it was ready. */
      readonly error: StarlingError | null;
    }
  | { readonly kind: 'stopped' };
