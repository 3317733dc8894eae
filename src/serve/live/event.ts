/** Events of the live stream as text, and their names. */
import type { AlertEvent, Moment } from '../../contract/index.ts';

/**
 * Name of an event: which run of the hub told it, its number in that run, and the last line of the shift log that had
 * been told by then. Whoever has seen an event can go on after it, also after the hub was started again.
 */
export interface EventName {
  readonly run: string;
  readonly number: number;
  readonly alertSequence: number;
}

/** @example formatName({ run: 'm5x2', number: 61, alertSequence: 7 }) // 'm5x2-61-7' */
const formatName = ({ run, number, alertSequence }: EventName): string => `${run}-${number}-${alertSequence}`;

const NAME = /^([a-z0-9]{1,16})-(\d{1,15})-(\d{1,15})$/;

/** Name of the last event that somebody saw, from `Last-Event-ID`; null where it is none of ours. */
export const parseName = (text: string | undefined): EventName | null => {
  const [, run, number, alertSequence] = NAME.exec(text ?? '') ?? [];
  return run === undefined ? null : { run, number: Number(number), alertSequence: Number(alertSequence) };
};

/** What an event tells: a moment of the site, a line of the shift log, or that lines were left out. */
type Told =
  | { readonly kind: 'moment'; readonly value: Moment }
  | { readonly kind: 'alert'; readonly value: AlertEvent }
  | { readonly kind: 'missed'; readonly value: Readonly<Record<string, never>> };

/** What an event tells, as it goes over the wire. JSON has no line ends, so it is one line of data. */
export const formatTold = ({ kind, value }: Told): Buffer =>
  Buffer.from(`event: ${kind}\ndata: ${JSON.stringify(value)}\n\n`);

/** An event as it goes over the wire: its name, and what it tells. */
export const withName = (name: EventName, told: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`id: ${formatName(name)}\n`), told]);

/** What a stream begins with: how long to wait before it is asked for again, ms. */
export const BEGINNING = Buffer.from('retry: 2000\n\n');

/** A comment, that shows a live connection to everybody in between. */
export const HEARTBEAT = Buffer.from(':\n\n');
