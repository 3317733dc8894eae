/**
 * When a picture is disbelieved. Every figure can be changed; the defaults say where they come from. "Measured" is PETS
 * 2009 S2.L1 and the road recording, as they are and altered; README.md has the figures.
 */
export interface ConditionThresholds {
  /**
   * FROZEN: not one sampled value changed for so long, s. Sensors have noise, but an encoder may send a still, dark scene
   * as "nothing changed" between two key frames; these are mostly 1 to 4 s apart.
   */
  readonly frozenS: number;
  /**
   * REPLAYED: pictures of the last so many seconds are remembered. 0 turns it off, as is right for a recording shorter than
   * that, shown again and again on purpose.
   */
  readonly replayMemoryS: number;
  /** REPLAYED: so many pictures came again, one after the other, in their order. */
  readonly replayRun: number;
  /**
   * BLACK: brightness, 0 to 255, up to which a cell is dark: 10 % of the range from 16 to 235, as in FFmpeg's filter
   * `blackdetect`; it serves for the range from 0 to 255 as well.
   */
  readonly darkLuma: number;
  /** WHITE: brightness from which a cell is light: the same distance from the other end. */
  readonly lightLuma: number;
  /** BLACK: share of the cells that are dark. A lamp of 4 × 4 cells, 0.23 % of the picture, makes it a night scene. */
  readonly blackShare: number;
  /** WHITE: share of the cells that are light. */
  readonly whiteShare: number;
  /**
   * BLURRED: a block has lost its detail when so little is left of the reference's. Measured: half the gamma, 0.55; a
   * Gaussian blur of 0.6 % of the width, 0.15; fog that leaves 30 % of the contrast, 0.21.
   */
  readonly blurredDetail: number;
  /** BLURRED: share of the blocks that have lost it. A crowd or a van in front takes some away; seldom so many. */
  readonly blurredShare: number;
  /** SMEARED: share of the pictures of the last 5 s that came damaged. */
  readonly smearedShare: number;
  /**
   * VIEW_SHIFTED: how far the view has moved, as a share of the picture's width. Half-way between what swaying and warming
   * do to a mast (measured: 0.9 %) and 3 %, at which a person 30 m away stands about a metre elsewhere.
   */
  readonly shiftShare: number;
  /**
   * VIEW_SHIFTED: correlation below which the view may be another one. Measured: another scene 0.11 at most; the same
   * one 0.7 with strong blur, 0.57 under the shadows of passing cars.
   */
  readonly strangeCorrelation: number;
  /** VIEW_SHIFTED: and so little must the correlation stand out of those elsewhere, in standard deviations. */
  readonly strangeProminence: number;
}

/** The defaults. */
export const CONDITION_THRESHOLDS: ConditionThresholds = {
  frozenS: 6,
  replayMemoryS: 30,
  replayRun: 8,
  darkLuma: 38,
  lightLuma: 213,
  blackShare: 0.998,
  whiteShare: 0.995,
  blurredDetail: 0.35,
  blurredShare: 0.6,
  smearedShare: 0.1,
  shiftShare: 0.02,
  strangeCorrelation: 0.4,
  strangeProminence: 3,
};
