/**
 * What `starling run` shows: on a terminal a table that stays in place, elsewhere a line for each change.
 */
import type { Writable } from 'node:stream';
import { stripVTControlCharacters, styleText } from 'node:util';
import type { CameraState, Observation } from '../../contract/index.ts';
import type { CameraStatus } from './site-state.ts';

/** What is shown above the cameras. */
export interface BoardHead {
  readonly site: string;
  readonly timezone: string;
  readonly upMs: number;
  /** What is wrong with the ledger; null when all is well. */
  readonly trouble: string | null;
}

/** Shows how a site is. */
export interface Board {
  show(head: BoardHead, cameras: readonly CameraStatus[], nowMs: number): void;
  /** A line that stays: something happened. */
  say(line: string): void;
}

const COLOURS = { ok: 'green', degraded: 'yellow', connecting: 'cyan', unknown: 'red' } as const;
const NOTHING = '–';

const viewOf = (latest: Observation | null): Observation['zones'][number]['figures'] =>
  latest?.zones.find(({ zone }) => zone === 'view')?.figures ?? {};

/** People in view, mean of the second; nothing where nobody knows. */
const people = ({ health, latest }: CameraStatus): string => {
  const { occupancy } = viewOf(latest);
  const known = (health.state === 'ok' || health.state === 'degraded') && occupancy !== undefined;
  return known ? (occupancy.sum / occupancy.weight).toFixed(1) : NOTHING;
};

const rate = ({ health, latest }: CameraStatus): string => {
  if (latest === null || health.state === 'unknown' || health.state === 'connecting') return NOTHING;
  return `${((latest.frames.measured * 1000) / (latest.endMs - latest.startMs)).toFixed(0)}/s`;
};

const note = ({ health }: CameraStatus): string => health.reasons.map(({ message }) => message).join(' ');

const length = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const siteTime = (nowMs: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: timezone }).format(nowMs);

const cut = (line: string, columns: number): string =>
  line.length > columns ? `${line.slice(0, Math.max(0, columns - 1))}…` : line;

const summary = (cameras: readonly CameraStatus[]): string => {
  const counts = new Map<CameraState, number>();
  for (const { health } of cameras) counts.set(health.state, (counts.get(health.state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
};

/**
 * The table as lines of at most so many columns and rows. Cameras that are not well come first when not all fit.
 */
export const boardLines = (
  head: BoardHead,
  cameras: readonly CameraStatus[],
  nowMs: number,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string[] => {
  const width = Math.max(6, ...cameras.map(({ camera }) => camera.length));
  const title = `${head.site}  ${siteTime(nowMs, head.timezone)} ${head.timezone}  up ${length(head.upMs)}  ${summary(cameras)}`;
  const room = Math.max(1, rows - 4);
  const shown = cameras.length <= room ? cameras : worstFirst(cameras).slice(0, room - 1);
  const left = cameras.length - shown.length;
  const lines = shown.map((status) => {
    const { camera, health } = status;
    const start = `${camera.padEnd(width)}  `;
    const state = health.state.padEnd(10);
    const rest = `  ${people(status).padStart(6)}  ${rate(status).padStart(5)}  ${note(status)}`;
    const line = cut(`${start}${state}${rest}`, columns);
    return line.replace(state, styleText(COLOURS[health.state], state, { validateStream: false }));
  });
  return [
    styleText('bold', cut(title, columns), { validateStream: false }),
    ...(head.trouble === null ? [] : [styleText('red', cut(head.trouble, columns), { validateStream: false })]),
    cut(`${'camera'.padEnd(width)}  state       people  rate`, columns),
    ...lines,
    ...(left > 0 ? [cut(`and ${left} more`, columns)] : []),
  ];
};

const RANK: readonly CameraState[] = ['unknown', 'connecting', 'degraded', 'ok'];
const worstFirst = (cameras: readonly CameraStatus[]): CameraStatus[] =>
  cameras.toSorted((a, b) => RANK.indexOf(a.health.state) - RANK.indexOf(b.health.state));

interface Terminal extends Writable {
  readonly columns: number;
  readonly rows: number;
}

const UP_AND_CLEAR = (lines: number): string => (lines === 0 ? '' : `\u001B[${lines}A\u001B[0J`);

/** A table that is drawn over itself. */
const tableOn = (terminal: Terminal): Board => {
  let drawn = 0;
  let last: readonly string[] = [];
  const draw = (lines: readonly string[], before: string): void => {
    terminal.write(`${UP_AND_CLEAR(drawn)}${before}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
    last = lines;
  };
  return {
    show: (head, cameras, nowMs) => draw(boardLines(head, cameras, nowMs, terminal), ''),
    say: (line) => draw(last, `${line}\n`),
  };
};

/** A line for each change, with its instant, for a log. */
const logOn = (stream: Writable): Board => {
  const known = new Map<string, string>();
  let trouble: string | null = null;
  const write = (nowMs: number, words: readonly string[]): void => {
    stream.write(`${new Date(nowMs).toISOString()}  ${words.join('  ')}\n`);
  };
  return {
    show(head, cameras, nowMs) {
      if (head.trouble !== trouble) write(nowMs, ['ledger', head.trouble ?? 'takes observations again']);
      trouble = head.trouble;
      for (const status of cameras) {
        // Figures in a message change every second; a new line is for a new reason.
        const now = [status.health.state, ...status.health.reasons.map(({ code }) => code)].join(' ');
        if (known.get(status.camera) === now) continue;
        known.set(status.camera, now);
        write(
          nowMs,
          [status.camera, now, note(status)].filter((word) => word !== ''),
        );
      }
    },
    say: (line) => write(Date.now(), [stripVTControlCharacters(line)]),
  };
};

const isTerminal = (stream: Writable): stream is Terminal =>
  'isTTY' in stream && stream.isTTY === true && 'columns' in stream && 'rows' in stream;

/** The board for a stream: a table on a terminal, a log elsewhere. */
export const createBoard = (stream: Writable): Board => (isTerminal(stream) ? tableOn(stream) : logOn(stream));
