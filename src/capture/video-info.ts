import { AV_NOPTS_VALUE } from 'node-av/constants';
import { avGetCodecName } from 'node-av/lib';
import { StarlingError } from '../contract/index.ts';
import { toRate, toSeconds } from './av.ts';
import type { Container } from './container.ts';
import type { RecordingInfo } from './recording.ts';
import { readStartTime } from './start-time.ts';
import { turnsOf } from './upright.ts';

// A header that claims more than this speaks of its clock, not of its pictures.
const HIGHEST_RATE = 1000;

// Containers that state their length. Elsewhere FFmpeg guesses it from what is there, and a cut would not show.
const STATES_LENGTH = /^(mov|matroska|avi|asf|flv)/;

/** How long a recording says it is. */
export interface Announced {
  /** Length of the video, s on the header's own clock. */
  readonly durationS: number;
  /** What may be missing at the end before something is wrong, s. */
  readonly toleranceS: number;
  readonly frames: number;
}

const checkRate = (path: string, rate: number): number => {
  if (Number.isFinite(rate) && rate > 0 && rate <= HIGHEST_RATE) return rate;
  throw new StarlingError('CAPTURE_BAD_RATE', { path, reason: `${rate} frames/s cannot be` });
};

/** The rate that was given, checked. @throws CAPTURE_BAD_RATE */
export const givenRate = (path: string, given: number | undefined): number | null =>
  given === undefined ? null : checkRate(path, given);

/** Frames per second as the header has it. @throws CAPTURE_BAD_RATE when it has none */
const headerRate = (path: string, { stream }: Container): number => {
  const rate = toRate(stream.avgFrameRate) ?? toRate(stream.rFrameRate);
  if (rate === null) throw new StarlingError('CAPTURE_BAD_RATE', { path, reason: 'its header does not say' });
  return checkRate(path, rate);
};

const parseClock = (text: string | undefined): number | null => {
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text ?? '');
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : null;
};

const streamDurationS = ({ stream }: Container): number | null =>
  toSeconds(stream.duration, stream.timeBase) ?? parseClock(stream.metadata?.getAll()['DURATION']);

const containerDurationS = ({ format }: Container): number | null =>
  format.duration === AV_NOPTS_VALUE ? null : Number(format.duration) / 1e6;

const countedFrames = ({ stream }: Container): number | null => (stream.nbFrames > 0n ? Number(stream.nbFrames) : null);

/** How long the header says the video is; null when it does not say. */
export const announcedLength = (container: Container, rate: number): Announced | null => {
  const name = container.format.iformat?.name ?? '';
  if (!STATES_LENGTH.test(name)) return null;
  const counted = countedFrames(container);
  // FFmpeg shortens the length of a cut AVI to what is there, but leaves the count of frames as written.
  const countedS = name === 'avi' && counted !== null ? counted / rate : null;
  const ownS = countedS ?? streamDurationS(container);
  const durationS = ownS ?? containerDurationS(container);
  if (durationS === null || durationS <= 0) return null;
  // The container's length is that of its longest stream; the sound may well go on for a moment.
  const slackS = ownS === null && container.format.nbStreams > 1 ? 1 : 0;
  return { durationS, toleranceS: 1.5 / rate + slackS, frames: counted ?? Math.round(durationS * rate) };
};

/**
 * Describes a recording from its header.
 *
 * @param path  as the user wrote it
 * @param given frames per second for a header that lies; null to believe the header
 * @throws CAPTURE_BAD_RATE
 */
export const describeVideo = (path: string, container: Container, given: number | null): RecordingInfo => {
  const { stream, format } = container;
  const frameRate = given ?? headerRate(path, container);
  const ownRate = toRate(stream.avgFrameRate) ?? frameRate;
  const guessedS = streamDurationS(container) ?? containerDurationS(container);
  const headerS = announcedLength(container, ownRate)?.durationS ?? guessedS;
  const fromTime = headerS !== null && headerS > 0 ? Math.round(headerS * ownRate) : null;
  const estimatedFrames = countedFrames(container) ?? fromTime;
  const tags = { ...stream.metadata?.getAll(), ...format.metadata?.getAll() };
  const sideways = turnsOf(stream) % 2 === 1;
  const givenS = estimatedFrames === null ? null : estimatedFrames / frameRate;
  return {
    kind: 'video',
    width: sideways ? stream.codecpar.height : stream.codecpar.width,
    height: sideways ? stream.codecpar.width : stream.codecpar.height,
    frameRate,
    frameRateSource: given === null ? 'header' : 'given',
    estimatedFrames,
    startUtc: readStartTime(tags, Date.now()),
    codec: avGetCodecName(stream.codecpar.codecId) ?? 'unknown',
    durationS: given === null ? (headerS ?? givenS) : givenS,
  };
};
