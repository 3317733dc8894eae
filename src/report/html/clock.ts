import { formatElapsed } from '../format.ts';
import { wallClockTicks } from '../site-time.ts';
import type { ReportData } from './report-data.ts';
import { subjectOf } from './subject.ts';

/** A mark on a time axis. */
interface TimeTick {
  readonly timeMs: number;
  readonly label: string;
}

/** Writes times of a recording: by the site's clock when the recording says when it began, else since its start. */
export interface Clock {
  /** What the times are, for an axis. */
  readonly title: string;
  /** The instant of media time zero, UTC ms; null when unknown. */
  readonly startUtcMs: number | null;
  /** A moment, to the second. */
  moment(timeMs: number): string;
  /** A period, to the second, with its date if there is one. */
  period(fromMs: number, toMs: number): string;
  /** At most `atMost` marks at round times. */
  ticks(fromMs: number, toMs: number, atMost: number): TimeTick[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Longer periods show dates at midnight. */
const LONG = 36 * HOUR;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((days) => days * DAY),
];

const stepFor = (spanMs: number, atMost: number): number =>
  STEPS.find((step) => Math.floor(spanMs / step) < atMost) ?? Math.ceil(spanMs / atMost / DAY) * DAY;

const sinceStart = (firstFrame: string): Clock => ({
  title: `Time since the ${firstFrame}`,
  startUtcMs: null,
  moment: formatElapsed,
  period: (fromMs, toMs) => `${formatElapsed(fromMs)} to ${formatElapsed(toMs)} of the recording`,
  ticks(fromMs, toMs, atMost) {
    const step = stepFor(toMs - fromMs, atMost);
    const ticks: TimeTick[] = [];
    for (let timeMs = Math.ceil(fromMs / step) * step; timeMs <= toMs; timeMs += step) {
      ticks.push({ timeMs, label: formatElapsed(timeMs) });
    }
    return ticks;
  },
});

const formatter = (timeZone: string, options: Intl.DateTimeFormatOptions): ((utcMs: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  return (utcMs) => format.format(utcMs);
};

const createFormats = (timezone: string) => ({
  minute: formatter(timezone, { hour: '2-digit', minute: '2-digit' }),
  second: formatter(timezone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  day: formatter(timezone, { weekday: 'short', day: 'numeric', month: 'short' }),
  longDay: formatter(timezone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
});

const onSiteClock = (startUtcMs: number, timezone: string): Clock => {
  const formats = createFormats(timezone);
  const label = (utcMs: number, step: number, isLong: boolean): string => {
    if (step >= DAY || (isLong && formats.minute(utcMs) === '00:00')) return formats.day(utcMs);
    return step >= MINUTE ? formats.minute(utcMs) : formats.second(utcMs);
  };
  return {
    title: `Time of day at the site (${timezone})`,
    startUtcMs,
    moment: (timeMs) => formats.second(startUtcMs + timeMs),
    period(fromMs, toMs) {
      const [from, to] = [startUtcMs + fromMs, startUtcMs + toMs];
      const sameDay = formats.longDay(from) === formats.longDay(to);
      const end = sameDay ? formats.second(to) : `${formats.longDay(to)}, ${formats.second(to)}`;
      return `${formats.longDay(from)}, ${formats.second(from)} to ${end}`;
    },
    ticks(fromMs, toMs, atMost) {
      const step = stepFor(toMs - fromMs, atMost);
      const ticks = wallClockTicks(startUtcMs + fromMs, startUtcMs + toMs, step, timezone);
      return ticks.map((utcMs) => ({ timeMs: utcMs - startUtcMs, label: label(utcMs, step, toMs - fromMs > LONG) }));
    },
  };
};

/** UTC ms of media time zero, from a window if there is one, else from the summary; null when the recording does not say. */
const mediaZeroUtc = ({ windows, summary }: ReportData, firstTimeMs: number): number | null => {
  const window = windows.first[0];
  if (window !== undefined) return window.startUtc === null ? null : window.startUtc - window.startMs;
  const startedMs = summary.startTime === null ? Number.NaN : Date.parse(summary.startTime);
  return Number.isNaN(startedMs) ? null : startedMs - firstTimeMs;
};

/** When the first frame was, on the recording's own clock. */
export const firstMs = ({ zones }: ReportData): number => zones[0]?.occupancy[0]?.startMs ?? 0;

/** The clock of a recording. */
export const createClock = (data: ReportData): Clock => {
  const firstTimeMs = firstMs(data);
  const zeroUtc = mediaZeroUtc(data, firstTimeMs);
  return zeroUtc === null ? sinceStart(subjectOf(data).firstFrame) : onSiteClock(zeroUtc, data.site.timezone);
};
