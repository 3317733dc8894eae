import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { StarlingError } from '../contract/index.ts';

/** Reads a whole number, or says what is wrong with it. Which are frames of the input, the input knows. */
const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('It should be a whole number.');
  return value;
};

/** Reads a whole number between two. */
export const wholeBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It should be a whole number from ${least} to ${most}.`);
    return value;
  };

/** Reads a number above 0, or says what is wrong with it. */
const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It should be a number above 0.');
  return value;
};

const instantSchema = z.iso.datetime({ offset: true });

/** Reads an instant with its offset from UTC, to ms since 1970. */
const instant = (text: string): number => {
  const value = Date.parse(text);
  // The schema knows the calendar, the clock of the machine does not: it takes 31 February for 3 March.
  if (!instantSchema.safeParse(text).success || Number.isNaN(value))
    throw new InvalidArgumentError('Write it with its offset from UTC, such as 2026-05-01T12:00:00+02:00.');
  return value;
};

/** Shorter windows hold less than anybody walks across a gate in. */
const LEAST_WINDOW_S = 1;

const windowLength = (text: string): number => {
  const value = positiveNumber(text);
  if (value < LEAST_WINDOW_S) throw new InvalidArgumentError(`It should be at least ${LEAST_WINDOW_S} s.`);
  return value;
};

const folder = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It should be the name of a folder.');
  return text;
};

/** Options that several commands share, so that they read and mean the same everywhere. */
export const OPTIONS = {
  from: () => new Option('--from <instant>', 'with its offset, such as 2026-05-01T12:00:00+02:00').argParser(instant),
  to: () => new Option('--to <instant>', 'now unless given').argParser(instant),
  out: () => new Option('--out <folder>', 'where the results go').argParser(folder).default('starling-out'),
  data: () =>
    new Option('--data <folder>', 'where a live site keeps its figures').argParser(folder).default('starling-data'),
  site: () => new Option('--site <file>', 'site file: calibration, masks, zones and gates'),
  camera: () => new Option('--camera <id>', 'which camera of the site file made the recording'),
  model: () => new Option('--model <path>', 'ONNX model with a manifest beside it, instead of the default'),
  frameRate: () =>
    new Option('--frame-rate <n>', 'true frames per second, where the header lies').argParser(positiveNumber),
  fromFrame: () =>
    new Option('--from-frame <n>', 'first frame; a recording numbers them from 1').argParser(wholeNumber),
  toFrame: () => new Option('--to-frame <n>', 'last frame, inclusive').argParser(wholeNumber),
  windowS: () =>
    new Option('--window <seconds>', 'length of a row in measurements.csv, at least 1')
      .argParser(windowLength)
      .default(60),
  startTime: () =>
    new Option(
      '--start-time <instant>',
      'when the first picture was taken, where the recording does not say',
    ).argParser(instant),
  unit: () => new Option('--unit <unit>', 'unit of a trajectory file that does not say').choices(['m', 'cm']),
  json: () => new Option('--json', 'print the result as JSON on standard output, and nothing else'),
} as const;

/** Options of every command that reads a recording. */
export interface RecordingChoice {
  readonly site?: string;
  readonly camera?: string;
  readonly model?: string;
  readonly frameRate?: number;
  readonly fromFrame?: number;
  readonly toFrame?: number;
  readonly json?: boolean;
}

/**
 * Refuses a camera without the site file that would describe it.
 *
 * @throws CLI_USAGE
 */
export const checkChoice = (command: string, { site, camera }: RecordingChoice): void => {
  if (camera !== undefined && site === undefined)
    throw new StarlingError('CLI_USAGE', { problem: '--camera needs --site.', command: `starling ${command}` });
};

/** Adds what every command that reads a recording may be told. */
export const addRecordingOptions = (command: Command): Command =>
  [
    OPTIONS.site(),
    OPTIONS.camera(),
    OPTIONS.model(),
    OPTIONS.frameRate(),
    OPTIONS.fromFrame(),
    OPTIONS.toFrame(),
    OPTIONS.json(),
  ].reduce((extended, option) => extended.addOption(option), command);
