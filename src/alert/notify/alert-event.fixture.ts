import type { Alert, AlertEvent } from '../../contract/index.ts';
import type { Notice } from './channel.ts';

/** 14 November 2026, 20:04:05 UTC: a Saturday evening, in winter time. */
export const EVENING_MS = Date.UTC(2026, 10, 14, 20, 4, 5);

/** An alert that was just raised. */
export const makeAlert = (change: Partial<Alert> = {}): Alert => ({
  id: '01JCRAISED',
  kind: 'condition',
  subject: 'square-crowded',
  severity: 'critical',
  state: 'raised',
  message: 'density(square) is 3.8 ± 0.2 per m², above 3.5',
  pendingMs: EVENING_MS - 20_000,
  raisedMs: EVENING_MS,
  acknowledgedMs: null,
  acknowledgedBy: null,
  endedMs: null,
  isOver: false,
  isBlind: false,
  escalations: 0,
  notes: [],
  ...change,
});

/** That it was raised. */
export const makeEvent = (
  sequence: number,
  notify: readonly string[] = ['control-room'],
  change: Partial<AlertEvent> = {},
): AlertEvent => ({
  sequence,
  timeMs: EVENING_MS,
  kind: 'raised',
  by: null,
  subject: 'square-crowded',
  alert: makeAlert(),
  notify: [...notify],
  text: null,
  ...change,
});

/** The same, as a channel is given it. */
export const makeNotice = (change: Partial<AlertEvent> = {}): Notice => ({
  id: 'old-town-17-1790000000000',
  site: { id: 'old-town', name: 'Old Town Market', timezone: 'Europe/Amsterdam' },
  link: 'https://console.example.org/',
  event: makeEvent(17, ['control-room'], change),
});
