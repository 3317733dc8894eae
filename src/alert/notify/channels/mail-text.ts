/** The words of a mail: plain, short, to be read on a telephone. */
import type { Alert, AlertEvent } from '../../../contract/index.ts';
import type { Notice, SiteName } from '../channel.ts';

const MOST_SUBJECT = 200;

/** One line, without signs that end a header, turn the direction of writing or cannot be seen. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();

/** Several lines, each as {@link oneLine}. */
const lines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .join('\n');

const KINDS: Readonly<Record<Alert['kind'], string>> = {
  condition: '',
  blind: ' (cannot be judged)',
  notifier: ' (cannot be told)',
};

const about = ({ subject, alert, kind }: AlertEvent): string =>
  `${alert ? `[${alert.severity}] ` : ''}${subject}${alert ? KINDS[alert.kind] : ''} ${kind}`;

/** @example '[critical] square-crowded raised – Old Town Market' */
export const subjectOf = ({ event, site }: Notice): string =>
  oneLine(`${about(event)} – ${site.name}`).slice(0, MOST_SUBJECT);

/** @example 'Saturday, 14 November 2026 at 21:04:05 CET' */
export const siteTime = (timeMs: number, { timezone }: SiteName): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: timezone }).format(timeMs);

/** The mail's text. */
export const bodyOf = ({ event, site, link }: Notice): string => {
  const { alert, by, text, timeMs } = event;
  const parts = [
    `${about(event)}\n${site.name}\n${siteTime(timeMs, site)}`,
    alert?.message,
    alert?.isBlind === true && alert.kind === 'condition' ? 'At present it cannot be judged.' : undefined,
    by === null ? undefined : `By: ${by}`,
    text ?? undefined,
    link ?? undefined,
  ];
  return `${parts.flatMap((part) => (part === undefined ? [] : lines(part))).join('\n\n')}\n`;
};
