import { AV_LOG_QUIET, AV_NOPTS_VALUE } from 'node-av/constants';
import { FFmpegError, Log } from 'node-av/lib';

// FFmpeg writes its complaints straight to the process's stderr; what matters of them comes back as health.
Log.setLevel(AV_LOG_QUIET);

/** FFmpeg's own words for one of its error codes, such as "Invalid data found when processing input". */
export const avReason = (code: number): string => FFmpegError.strerror(code);

/** A time stamp in seconds; null where FFmpeg has none. */
export const toSeconds = (stamp: bigint, timeBase: { readonly num: number; readonly den: number }): number | null =>
  stamp === AV_NOPTS_VALUE || timeBase.den === 0 ? null : (Number(stamp) * timeBase.num) / timeBase.den;

/** A positive quotient; null for 0/0 and the like, by which FFmpeg means "not known". */
export const toRate = ({ num, den }: { readonly num: number; readonly den: number }): number | null =>
  num > 0 && den > 0 ? num / den : null;
