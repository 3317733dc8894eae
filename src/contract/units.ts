/**
 * Branded identifiers and instants: the same machine type, kept apart by the compiler so that a zone's name cannot
 * be handed over where a gate's is wanted, nor a frame number where a time is.
 */
type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** Name of a zone, as in the site file; the whole view is {@link VIEW_ZONE}. */
export type ZoneId = Brand<string, 'ZoneId'>;

/** Name of a gate, as in the site file. */
export type GateId = Brand<string, 'GateId'>;

/** Number of a frame in its source: 1 for the first picture of a video or folder. */
export type FrameNumber = Brand<number, 'FrameNumber'>;

/** Time on the source's own clock, ms since its first picture. */
export type MediaTimeMs = Brand<number, 'MediaTimeMs'>;

/** An instant, ms since 1970-01-01T00:00:00Z. */
export type UtcMs = Brand<number, 'UtcMs'>;

/** Marks a string as a zone's name. */
export const zoneId = (name: string): ZoneId => name as ZoneId;
/** Marks a string as a gate's name. */
export const gateId = (name: string): GateId => name as GateId;

/** Marks a number as a frame number. */
export const frameNumber = (value: number): FrameNumber => value as FrameNumber;
/** Marks a number as milliseconds on the source's clock. */
export const mediaTimeMs = (value: number): MediaTimeMs => value as MediaTimeMs;
/** Marks a number as an instant in UTC. */
export const utcMs = (value: number): UtcMs => value as UtcMs;

/** The zone that every camera has: all that it sees. */
export const VIEW_ZONE: ZoneId = zoneId('view');
