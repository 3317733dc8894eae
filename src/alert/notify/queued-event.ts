/** An event on its way to those who are to be told of it. */
import * as z from 'zod';
import type { AlertEvent } from '../../contract/index.ts';

const OUTCOMES = ['waiting', 'sent', 'givenUp'] as const;

/** How it stands with one notifier. */
export type Outcome = (typeof OUTCOMES)[number];

/** By notifier. */
export const outcomesSchema = z.record(z.string(), z.enum(OUTCOMES));

/** An event on its way to those who are to be told of it. */
export interface QueuedEvent {
  /** Unlike that of every other event: see {@link keyOf}. */
  readonly key: string;
  /** When it was handed over, UTC in ms. */
  readonly queuedMs: number;
  /** By notifier. */
  readonly outcomes: Map<string, Outcome>;
  /** Null once nobody waits for it any more. */
  event: AlertEvent | null;
}

/** What a notifier is told. */
export interface Message {
  readonly event: AlertEvent;
  readonly queued: QueuedEvent;
}

/**
 * Tells events apart. The number alone would not do: a new book of alerts, where the old one was lost, begins at 1 again,
 * and its alerts must not be taken for old ones.
 */
export const keyOf = ({ sequence, timeMs }: AlertEvent): string => `${sequence}-${timeMs}`;

/** Whether somebody waits for it. */
export const isWaitedFor = ({ outcomes }: QueuedEvent): boolean => [...outcomes.values()].includes('waiting');
