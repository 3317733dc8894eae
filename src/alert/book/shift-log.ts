/** The shift log as a control room prints it: a table of plain text. */
import { Temporal } from 'temporal-polyfill';
import type { AlertEvent } from '../../contract/index.ts';
import { durationInWords } from '../life/duration-in-words.ts';
import { lengthOf, padded, plain, wrapped } from './text-table.ts';

/** How it is printed. */
export interface ShiftLogOptions {
  /** Time zone of the site, IANA. */
  readonly timezone: string;
  /** How times are written, BCP 47, such as `en-GB`; ISO 8601 with the offset unless given. */
  readonly locale?: string;
  /** How many characters fit on a line; 132 unless given. */
  readonly width?: number;
}

const HEADINGS = ['Time', 'Event', 'Severity', 'Subject', 'By', 'What'] as const;
const GAP = '  ';
/** However narrow the paper, this much is left for what has happened. */
const LEAST_WHAT = 30;

const clock = ({ timezone, locale }: ShiftLogOptions): ((timeMs: number) => string) => {
  if (locale !== undefined) {
    const options = { timeZone: timezone, dateStyle: 'short', timeStyle: 'long' } as const;
    const format = new Intl.DateTimeFormat(locale, options);
    return (timeMs) => plain(format.format(timeMs));
  }
  return (timeMs) => {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(timeMs)).toZonedDateTimeISO(timezone);
    return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: 'second' })} ${at.offset}`;
  };
};

/** What has happened, in sentences. */
const whatOf = ({ kind, alert, text, timeMs, notify }: AlertEvent): string[] => {
  const message = alert?.message ?? '';
  const openMs = alert === null ? 0 : timeMs - (alert.raisedMs ?? alert.pendingMs);
  switch (kind) {
    case 'raised':
      return [message, ...(text === null ? [] : [`To do: ${text}`])];
    case 'escalated':
      return [message, `Not acknowledged for ${durationInWords(openMs)}; told: ${notify.join(', ')}`];
    case 'acknowledged':
      return [message];
    case 'cleared':
    case 'expired':
      return [...(text === null ? [] : [text]), `After ${durationInWords(openMs)}`];
    case 'noted':
    case 'suppressed':
    case 'resumed':
      return [text ?? ''];
    default:
      return kind satisfies never;
  }
};

const cellsOf = (event: AlertEvent, at: (timeMs: number) => string): string[] => {
  const { timeMs, kind, alert, subject, by } = event;
  return [at(timeMs), kind, alert?.severity ?? '', subject, by ?? 'Starling'].map(plain);
};

/**
 * Events as a table, in the order in which they are given: when, what kind, how bad, about what, who, and what was found or
 * written. Times are the site's, with their offset, so that the hour that comes twice is told apart.
 */
export const shiftLog = (events: readonly AlertEvent[], options: ShiftLogOptions): string => {
  const at = clock(options);
  const rows = events.map((event) => ({ cells: cellsOf(event, at), what: whatOf(event) }));
  const widths = HEADINGS.slice(0, -1).map((heading, i) =>
    Math.max(heading.length, ...rows.map(({ cells }) => lengthOf(cells[i]))),
  );
  const indent = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  const whatWidth = Math.max(LEAST_WHAT, (options.width ?? 132) - indent);
  const line = (cells: readonly string[], what: string): string =>
    [...cells.map((cell, i) => padded(cell, widths[i])), what].join(GAP).trimEnd();
  const body = rows.flatMap(({ cells, what }) => {
    const lines = what.flatMap((sentence) => wrapped(plain(sentence), whatWidth));
    return lines.map((text, i) => (i === 0 ? line(cells, text) : `${' '.repeat(indent)}${text}`.trimEnd()));
  });
  const heading = line(HEADINGS.slice(0, -1), HEADINGS[5]);
  const rule = '-'.repeat(indent + Math.min(whatWidth, 40));
  const title = `Shift log, times of ${options.timezone}`;
  const count = events.length === 0 ? 'Nothing has happened.' : `${events.length} entries`;
  return `${[title, '', heading, rule, ...body, '', count].join('\n')}\n`;
};
