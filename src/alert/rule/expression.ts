/** A condition that was checked: every name in it is known, and every comparison makes sense. */
import type { CameraState, LevelOfService } from '../../contract/index.ts';
import type { Direction, Foreseeable, ZoneFunction } from './functions.ts';

/** Comparisons of what has an order. */
export const ORDERINGS = ['>', '>=', '<', '<='] as const;
/** One of {@link ORDERINGS}. */
export type Ordering = (typeof ORDERINGS)[number];

/** Comparisons of what is one thing or another. */
export const EQUALITIES = ['==', '!='] as const;
/** One of {@link EQUALITIES}. */
export type Equality = (typeof EQUALITIES)[number];

/** A zone, or the whole view of a camera. */
export interface Place {
  readonly of: 'zone' | 'camera';
  readonly name: string;
}

/** What is compared with a number. */
export type Measured =
  | { readonly kind: 'figure'; readonly name: ZoneFunction; readonly place: Place }
  | { readonly kind: 'flow'; readonly gate: string; readonly direction: Direction }
  | { readonly kind: 'forecast'; readonly name: Foreseeable; readonly zone: string; readonly ahead: Amount };

/** A number and its unit, as they were written; a unit may be left out. */
export interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** One comparison. */
export type Comparison =
  | { readonly kind: 'measured'; readonly subject: Measured; readonly operator: Ordering; readonly limit: Amount }
  | {
      readonly kind: 'level';
      readonly place: Place;
      readonly operator: Ordering | Equality;
      readonly level: LevelOfService;
    }
  | { readonly kind: 'health'; readonly camera: string; readonly operator: Equality; readonly state: CameraState };

/** A condition. `and` within `and` is one, and so is `or` within `or`: each has two parts or more. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | Comparison;
