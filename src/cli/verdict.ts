/**
 * What a validation found, in words that a person can act on.
 */
import type { DetectionShares } from '../contract/index.ts';
import type { GateComparison } from '../measure/index.ts';
import type { BoxEvaluation } from './truth.ts';

/** Everything that was compared. */
export interface Comparison extends Partial<BoxEvaluation> {
  readonly source: string;
  readonly frames: number;
  readonly model: string;
  /** Name of the camera in the site file; null without one. */
  readonly camera: string | null;
  /** False when it was stopped before its end. */
  readonly complete: boolean;
  /** Crossings of the truth outside the stretch that was measured; they count neither for nor against. */
  readonly crossingsNotMeasured: number;
  /** Null when there was nothing to compare crossings with. */
  readonly gates: readonly GateComparison[] | null;
}

/** How far the figures may be relied on here. */
export type Grade = 'good' | 'fair' | 'poor';

/** Unknown when there was nothing to judge by. */
type Judgement = Grade | 'unknown';

/** A grade, with what led to it. */
export interface Verdict {
  readonly grade: Judgement;
  readonly words: readonly string[];
}

/** A comparison with its verdict: what `validate --json` prints. */
export interface Validation extends Comparison {
  readonly verdict: Verdict;
}

/** An error up to the first share of what is there is good, up to the second fair: a tenth is what hand counts differ by. */
const GOOD = 0.1;
const FAIR = 0.25;

/** One person more or less in an almost empty scene is a large share and a small matter. */
const LEAST_PRESENT = 3;

const gradeOf = (share: number): Grade => {
  if (share <= GOOD) return 'good';
  return share <= FAIR ? 'fair' : 'poor';
};

const MEANING: Readonly<Record<Grade, string>> = {
  good: 'can be relied on',
  fair: 'show trends, not exact numbers',
  poor: 'should not be relied on here',
};

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const biasInWords = (bias: number): string => {
  if (Math.abs(bias) < 0.005) return 'over time neither too many nor too few';
  return `over time ${Math.abs(bias).toFixed(2)} too ${bias > 0 ? 'many' : 'few'}`;
};

const countVerdict = ({ counts }: Pick<BoxEvaluation, 'counts'>): { grade: Grade; words: string } => {
  const frames = counts.byPresent.reduce((sum, group) => sum + group.frames, 0);
  const present = counts.byPresent.reduce((sum, group) => sum + group.present * group.frames, 0) / Math.max(1, frames);
  const grade = gradeOf(counts.meanAbsolute / Math.max(present, LEAST_PRESENT));
  const words = `Counts ${MEANING[grade]}: off by ${counts.meanAbsolute.toFixed(2)} people on average where ${present.toFixed(1)} are present; ${biasInWords(counts.bias)}.`;
  return { grade, words };
};

const totalsOf = (gates: readonly GateComparison[]) => ({
  truth: gates.reduce((sum, { truth }) => sum + truth, 0),
  missed: gates.reduce((sum, { missed }) => sum + missed, 0),
  extra: gates.reduce((sum, { extra }) => sum + extra, 0),
});

const gateVerdict = (gates: readonly GateComparison[]): { grade: Grade; words: string } => {
  const { truth, missed, extra } = totalsOf(gates);
  const grade = gradeOf((missed + extra) / Math.max(1, truth));
  const words = `Gate counts ${MEANING[grade]}: of ${truth} crossings ${missed} were missed, and ${extra} were counted that did not happen (${percent((missed + extra) / Math.max(1, truth))}).`;
  return { grade, words };
};

const WORST_FIRST: readonly Grade[] = ['poor', 'fair', 'good'];

const share = (value: number): string => (Number.isNaN(value) ? 'not known' : value.toFixed(3));

/** Few crossings or frames say little, whatever they say. */
const caveats = ({ gates, frames, counts, crossingsNotMeasured }: Omit<Comparison, 'source'>): string[] => {
  const words: string[] = [];
  const crossings = gates ? totalsOf(gates).truth : null;
  if (crossings === 0) words.push('Nobody crossed a gate in the truth: about the gates this says nothing.');
  else if (crossings !== null && crossings < 30)
    words.push(`Only ${crossings} crossings were compared: count thirty or more before you rely on this.`);
  if (crossingsNotMeasured > 0)
    words.push(
      `${crossingsNotMeasured} crossings of the truth lie outside the stretch that was measured, and were left out.`,
    );
  if (counts && frames < 100) words.push(`Only ${frames} frames were compared: a minute or more says more.`);
  return words;
};

/** Grades a comparison by its worst part. */
export const verdictOn = (comparison: Comparison): Verdict => {
  const { counts, tracking, gates } = comparison;
  const parts = [
    ...(counts && tracking ? [countVerdict({ counts })] : []),
    ...(gates && totalsOf(gates).truth > 0 ? [gateVerdict(gates)] : []),
  ];
  const grade = WORST_FIRST.find((candidate) => parts.some((part) => part.grade === candidate)) ?? 'unknown';
  return { grade, words: [...parts.map(({ words }) => words), ...caveats(comparison)] };
};

const figure = (name: string, value: string): string => `  ${name.padEnd(28)}${value}`;

const boxLines = ({ counts, tracking }: Pick<BoxEvaluation, 'counts' | 'tracking'>): string[] => [
  'Counts',
  figure('mean absolute error', `${counts.meanAbsolute.toFixed(3)} people`),
  figure('bias', `${counts.bias > 0 ? '+' : ''}${counts.bias.toFixed(3)} people`),
  ...counts.byPresent.map(({ present, frames, meanAbsolute, bias }) =>
    figure(`  ${present} present`, `${meanAbsolute.toFixed(2)} (bias ${bias.toFixed(2)}) in ${frames} frames`),
  ),
  'Tracking',
  figure('MOTA', share(tracking.mota)),
  figure('IDF1', share(tracking.idf1)),
  figure('precision', share(tracking.precision)),
  figure('recall', share(tracking.recall)),
  figure('identity switches', String(tracking.identitySwitches)),
];

const gateLines = (gates: readonly GateComparison[]): string[] => [
  'Gates',
  ...gates.map(({ gate, direction, truth, missed, extra }) =>
    figure(`${gate} ${direction}`, `${truth} true, ${missed} missed, ${extra} extra`),
  ),
];

const give = (value: number, se: number | undefined): string =>
  `${share(value)}${se === undefined ? '' : ` ± ${se.toFixed(3)}`}`;

const detectionLines = ({ recall, recallSe, precision, precisionSe }: DetectionShares): string[] => [
  'People found, per person and frame',
  figure('recall', give(recall, recallSe)),
  figure('precision', give(precision, precisionSe)),
];

const rounded = (value: number): string => String(Number(value.toPrecision(3)));

/** A standard error is never rounded down to certainty. */
const roundedUp = (value: number): string => String(Math.ceil(1000 * value) / 1000);

/** What to write into the site file, in its own notation. */
const siteFileLines = (shares: DetectionShares, camera: string | null, model: string): string[] => {
  const { recall, recallSe, precision, precisionSe } = shares;
  const rows = [
    ['recall', rounded(recall)],
    ...(recallSe === undefined ? [] : [['recallSe', roundedUp(recallSe)]]),
    ['precision', rounded(precision)],
    ...(precisionSe === undefined ? [] : [['precisionSe', roundedUp(precisionSe)]]),
    ['model', JSON.stringify(model)],
  ];
  return [
    `For the site file, under the camera${camera === null ? '' : ` ${camera}`}, so that every standard error knows it:`,
    `    detection: { ${rows.map(([key, value]) => `${key}: ${value}`).join(', ')} }`,
  ];
};

/** The comparison as text for a terminal. */
export const describeValidation = (validation: Validation): string => {
  const { source, frames, model, complete, camera, counts, tracking, detection, gates, verdict } = validation;
  return [
    `${source}: ${frames} frames with ${model}${complete ? '' : ' (incomplete)'}`,
    ...(counts && tracking ? boxLines({ counts, tracking }) : []),
    ...(detection ? detectionLines(detection) : []),
    ...(gates ? gateLines(gates) : []),
    `Verdict: ${verdict.grade}`,
    ...verdict.words.map((words) => `  ${words}`),
    ...(detection ? siteFileLines(detection, camera, model) : []),
  ].join('\n');
};
