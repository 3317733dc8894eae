import {
  AV_DISPOSITION_ATTACHED_PIC,
  AVDISCARD_ALL,
  AVERROR_EACCES,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_SUBTITLE,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { Dictionary, FormatContext, type Stream } from 'node-av/lib';
import { resolve } from 'node:path';
import { StarlingError } from '../contract/index.ts';
import { avReason } from './av.ts';

/** An opened container and the stream that is measured. */
export interface Container {
  readonly format: FormatContext;
  readonly stream: Stream;
}

// FFmpeg renders text as video, and follows play lists to other files and hosts. Neither is a recording.
const REFUSED: Readonly<Record<string, string>> = {
  tty: 'it is a text file',
  bin: 'it is a text file',
  xbin: 'it is a text file',
  adf: 'it is a text file',
  idf: 'it is a text file',
  concat: 'it is a list of other files',
  hls: 'it is a play list',
  dash: 'it is a play list',
  sdp: 'it describes a live stream',
  lavfi: 'it describes a filter',
  image2: 'it is a single picture',
};

const refusalOf = (formatName: string): string | null =>
  REFUSED[formatName] ?? (formatName.endsWith('_pipe') ? 'it is a single picture' : null);

const isMp4 = (head: Uint8Array): boolean => Buffer.from(head.subarray(4, 8)).toString('latin1') === 'ftyp';

const looksLikeText = (head: Uint8Array): boolean =>
  head.length > 0 && head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);

/** Why FFmpeg could not make sense of a file, as far as its first bytes tell. */
const openFailure = (path: string, code: number, head: Uint8Array): StarlingError => {
  if (code === AVERROR_EACCES) return new StarlingError('CAPTURE_NOT_READABLE', { path, reason: 'permission denied' });
  if (code === AVERROR_EOF) return new StarlingError('CAPTURE_NO_FRAMES', { path });
  if (isMp4(head)) {
    const reason = 'its index, the moov atom, is missing: the recording was cut off before it was finished';
    return new StarlingError('CAPTURE_NOT_VIDEO', { path, reason });
  }
  const reason = looksLikeText(head) ? 'it is a text file' : avReason(code);
  return new StarlingError('CAPTURE_NOT_VIDEO', { path, reason });
};

const STREAM_WORDS = new Map<number, string>([
  [AVMEDIA_TYPE_AUDIO, 'sound'],
  [AVMEDIA_TYPE_SUBTITLE, 'subtitles'],
  [AVMEDIA_TYPE_VIDEO, 'a cover picture'],
]);

const noVideo = (path: string, streams: readonly Stream[]): StarlingError => {
  if (streams.length === 0) return new StarlingError('CAPTURE_NO_FRAMES', { path });
  const words = new Set(streams.map(({ codecpar }) => STREAM_WORDS.get(codecpar.codecType) ?? 'data'));
  if (words.size === 1 && words.has('subtitles'))
    return new StarlingError('CAPTURE_NOT_VIDEO', { path, reason: 'it is a text file with subtitles' });
  return new StarlingError('CAPTURE_NO_VIDEO_STREAM', { path, streams: [...words].join(' and ') });
};

const isPicture = (stream: Stream): boolean =>
  stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) === 0;

/** The stream that holds the pictures; nothing of the others is read. Null when there is none. */
export const pictureStream = (format: FormatContext): Stream | null => {
  const { streams } = format;
  const best = streams[format.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const stream = best && isPicture(best) ? best : streams.find(isPicture);
  if (!stream) return null;
  for (const other of streams) if (other.index !== stream.index) other.discard = AVDISCARD_ALL;
  return stream;
};

const chooseStream = (path: string, format: FormatContext): Stream => {
  const refusal = refusalOf(format.iformat?.name ?? '');
  if (refusal) throw new StarlingError('CAPTURE_NOT_VIDEO', { path, reason: refusal });
  const stream = pictureStream(format);
  if (!stream) throw noVideo(path, format.streams);
  if (stream.codecpar.width <= 0) throw new StarlingError('CAPTURE_NO_FRAMES', { path });
  return stream;
};

const describe = async (path: string, format: FormatContext): Promise<Stream> => {
  const found = await format.findStreamInfo();
  if (found < 0) throw new StarlingError('CAPTURE_NOT_VIDEO', { path, reason: avReason(found) });
  return chooseStream(path, format);
};

/**
 * Opens a recording with FFmpeg and picks its video stream. Only this one file is read: a container that refers to
 * other files or to the network gets nothing.
 *
 * @param head the file's first bytes, to say what it is when it is no recording
 * @throws CAPTURE_NOT_VIDEO, CAPTURE_NOT_READABLE, CAPTURE_NO_VIDEO_STREAM, CAPTURE_NO_FRAMES
 */
export const openContainer = async (path: string, head: Uint8Array): Promise<Container> => {
  const format = new FormatContext();
  using options = Dictionary.fromObject({ protocol_whitelist: 'file' });
  // The prefix keeps FFmpeg from taking a colon in the name for a protocol.
  const opened = await format.openInput(`file:${resolve(path)}`, null, options);
  if (opened < 0) throw openFailure(path, opened, head);
  try {
    return { format, stream: await describe(path, format) };
  } catch (error) {
    await format.closeInput();
    throw error;
  }
};
