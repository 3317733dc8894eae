/**
 * What can be set on a tracker. Times are in seconds and lengths in sizes of the object itself (its longer side: a
 * person's height, a vehicle's length), never in frames or pixels, so that one setting holds at any frame rate,
 * resolution and distance. Names are those of the papers:
 *
 * - SORT: Bewley et al., "Simple Online and Realtime Tracking", ICIP 2016.
 * - DeepSORT: Wojke et al., "Simple Online and Realtime Tracking with a Deep Association Metric", ICIP 2017.
 * - ByteTrack: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022.
 * - OC-SORT: Cao et al., "Observation-Centric SORT", CVPR 2023.
 * - C-BIoU: Yang et al., "Hard To Track Objects With Irregular Motions and Similar Appearances?", WACV 2023.
 */
export interface TrackerOptions {
  /** Width of the picture over its height: noise is alike in both directions in pixels, not in fractions. */
  readonly aspectRatio: number;
  /** A detection at or above it is strong. ByteTrack `track_thresh` 0.5; small models are less sure of themselves. */
  readonly trackHighThreshold: number;
  /** A detection below it is not looked at. ByteTrack: 0.1. */
  readonly trackLowThreshold: number;
  /** A track needs one detection this strong to count. ByteTrack `det_thresh`: track_thresh + 0.1. */
  readonly newTrackThreshold: number;
  /** Largest cost, 1 - overlap, at which a strong detection goes with a track. OC-SORT: overlap of at least 0.3. */
  readonly matchThreshold: number;
  /** The same for weak detections. ByteTrack: 0.5. */
  readonly lowMatchThreshold: number;
  /** How long a track that is not seen is kept, s. 30 frames in the papers, at 14 to 30 frames/s: 1 to 2 s. */
  readonly trackBufferS: number;
  /** Part of its sides by which a box grows on every side in the first association. C-BIoU b1: 0.3. */
  readonly smallBuffer: number;
  /** The same in the second look at what was left over. C-BIoU b2: 0.5. */
  readonly largeBuffer: number;
  /** A track's direction is read from observations this far apart, s. OC-SORT Δt: 3 frames, at 10 frames/s 0.3 s. */
  readonly deltaTS: number;
  /** Weight of the direction in the cost of a pair. OC-SORT: 0.2. */
  readonly inertia: number;
  /** Weight of how surprising a box's edges are to the filter. DeepSORT's motion gate, made soft. */
  readonly surpriseWeight: number;
  /** Added to the cost of a track that was not seen for the whole buffer. DeepSORT's cascade, made soft. */
  readonly lostPenalty: number;
  /** Standard deviation of an edge of a sure box, sizes. DeepSORT `std_weight_position`: 1/20. */
  readonly edgeDeviation: number;
  /** Spectral density of acceleration, sizes²/s³: a walker at 0.8 sizes/s starts or stops within 3 s. */
  readonly accelerationNoise: number;
  /** Spectral density of a box's growth at one size/s, sizes²/s: a seventh of its size within a second. */
  readonly sizeNoise: number;
  /** Standard deviation of a velocity not known yet, sizes/s. DeepSORT: 10/160 a frame at 30 frames/s. */
  readonly initialVelocityDeviation: number;
  /** Observations that a track needs to count. SORT `min_hits`: 3. */
  readonly minHits: number;
  /** Time that they must span, s. */
  readonly confirmTimeS: number;
  /** A track has moved when it is this far from where it began, sizes. */
  readonly moveDistance: number;
  /** Mean score, misses as 0, at which what never moved counts: ByteTrack's threshold for a new track. */
  readonly stillThreshold: number;
  /** Time over which that mean is taken, s. */
  readonly stillTimeS: number;
  /** A counted track that is not seen stays present for so long, s. ByteTrack and SORT: 30 frames at 30 frames/s. */
  readonly coastTimeS: number;
  /** Share of one box inside another from which both are the same object. */
  readonly duplicateOverlap: number;
}

/** The setting for every scene. */
export const DEFAULT_TRACKER_OPTIONS: TrackerOptions = {
  aspectRatio: 16 / 9,
  trackHighThreshold: 0.45,
  trackLowThreshold: 0.1,
  newTrackThreshold: 0.6,
  matchThreshold: 0.7,
  lowMatchThreshold: 0.5,
  trackBufferS: 2,
  smallBuffer: 0.3,
  largeBuffer: 0.5,
  deltaTS: 0.3,
  inertia: 0.2,
  surpriseWeight: 0.3,
  lostPenalty: 0.2,
  edgeDeviation: 1 / 20,
  accelerationNoise: 0.2,
  sizeNoise: 0.02,
  initialVelocityDeviation: 1.9,
  minHits: 3,
  confirmTimeS: 0.3,
  moveDistance: 0.5,
  stillThreshold: 0.6,
  stillTimeS: 3,
  coastTimeS: 1,
  duplicateOverlap: 0.6,
};
