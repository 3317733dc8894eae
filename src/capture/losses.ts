import type { Health, HealthReason } from '../contract/index.ts';

/** What a source counted while it was read. */
export interface Losses {
  /** Pictures decoded. */
  readonly decoded: number;
  /** Pictures that could not be decoded, with decoded ones after them. */
  readonly failed: number;
  /** Pictures that could not be decoded at the very end. */
  readonly failedAtEnd: number;
  /** Number of the last picture decoded; 0 without any. */
  readonly lastNumber: number;
  /** Pictures that were decoded, but with visible damage. */
  readonly damaged: number;
  /** Number of the first failed or damaged picture; null when there is none. */
  readonly firstDamage: number | null;
  /** Pictures that the recording announced; null when it did not say. */
  readonly announcedFrames: number | null;
  /** Share of the announced time that could not be read, 0 to 1. */
  readonly missingShare: number;
  /** Why the reading ended early, in words; null when it simply ended. */
  readonly brokeOff: string | null;
}

/** What else is known about how the reading went. */
export interface ReadingFacts extends Losses {
  /** Pictures whose time stamps ran backwards. */
  readonly disordered: number;
  /** Leaps in time, and their length in all, ms. */
  readonly gaps: number;
  readonly gapMs: number;
  /** Pictures that came in another size than the first. */
  readonly resized: number;
  /** Size of the file before and after, bytes; null when it did not change. */
  readonly sizeChange: { readonly before: number; readonly after: number } | null;
}

const frames = (count: number): string => (count === 1 ? '1 frame' : `${count} frames`);

const percent = (share: number): string => (share < 0.01 ? 'less than 1 %' : `about ${Math.round(share * 100)} %`);

const truncated = (facts: ReadingFacts): HealthReason[] => {
  const read = facts.lastNumber;
  if (facts.missingShare === 0 && facts.brokeOff === null) return [];
  const why = facts.brokeOff === null ? '' : ` (${facts.brokeOff})`;
  const last = facts.announcedFrames === null ? null : Math.max(read + 1, facts.announcedFrames);
  const which =
    last === null ? `after frame ${read}` : last === read + 1 ? `frame ${last}` : `frames ${read + 1}–${last}`;
  const message =
    facts.missingShare === 0
      ? `The recording breaks off after frame ${read}${why}; how much is missing is not known.`
      : `The recording breaks off${why}: ${percent(facts.missingShare)} of it (${which}) could not be read.`;
  return [{ code: 'CAPTURE_TRUNCATED', message }];
};

const damaged = (facts: ReadingFacts): HealthReason[] => {
  const { decoded, damaged: harmed } = facts;
  // A picture lost at the cut of a recording that breaks off is part of what is missing there.
  const lostAtEnd = facts.missingShare > 0 ? 0 : facts.failedAtEnd;
  const failed = facts.failed + lostAtEnd;
  const firstDamage = facts.firstDamage ?? (lostAtEnd > 0 ? facts.lastNumber + 1 : null);
  if (failed + harmed === 0) return [];
  const parts = [
    ...(failed > 0 ? [`${failed} could not be decoded`] : []),
    ...(harmed > 0 ? [`${harmed} ${harmed === 1 ? 'was' : 'were'} decoded with damage`] : []),
  ];
  const where = firstDamage === null ? '' : `, first at frame ${firstDamage}`;
  return [{ code: 'CAPTURE_DAMAGED', message: `Of ${frames(decoded + failed)}, ${parts.join(' and ')}${where}.` }];
};

const changed = ({ sizeChange }: ReadingFacts): HealthReason[] => {
  if (!sizeChange) return [];
  const { before, after } = sizeChange;
  const how = before === after ? 'was written to' : `went from ${before} to ${after} bytes`;
  return [
    {
      code: 'CAPTURE_FILE_CHANGED',
      message: `The file ${how} while it was read; the figures hold for what was read, not for the file as it is now.`,
    },
  ];
};

const disordered = ({ disordered: count }: ReadingFacts): HealthReason[] =>
  count === 0
    ? []
    : [
        {
          code: 'CAPTURE_TIME_DISORDER',
          message: `The time stamps of ${frames(count)} ran backwards; their times follow the nominal rate instead.`,
        },
      ];

const leaps = ({ gaps, gapMs }: ReadingFacts): HealthReason[] =>
  gaps === 0
    ? []
    : [
        {
          code: 'CAPTURE_GAP',
          message: `The recording has ${gaps === 1 ? 'a gap' : `${gaps} gaps`} of ${(gapMs / 1000).toFixed(1)} s in all; nothing is known about that time.`,
        },
      ];

const resized = ({ resized: count }: ReadingFacts): HealthReason[] =>
  count === 0
    ? []
    : [
        {
          code: 'CAPTURE_SIZE_CHANGED',
          message: `${frames(count)} came in another size than the first; the camera may have been set differently.`,
        },
      ];

/** Puts what went wrong while reading into words: `ok`, or `degraded` with a reason for each kind of trouble. */
export const readingHealth = (facts: ReadingFacts): Health => {
  const reasons = [truncated, damaged, changed, disordered, leaps, resized].flatMap((describe) => describe(facts));
  return { state: reasons.length === 0 ? 'ok' : 'degraded', reasons };
};
