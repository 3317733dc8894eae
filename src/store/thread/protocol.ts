/**
 * What goes between the store and its threads: one question at a time, and its answer.
 *
 * ```
 * openStore ── Question ──> keeper-thread.ts: writes, as long as the store is open
 *           <── Message ──
 *           ── Question ──> reader-thread.ts: reads, beside the keeper, so that no question about a year holds up a second
 * ```
 */
import type { Observation, Retention } from '../../contract/index.ts';
import type {
  Appended,
  CameraSpan,
  Checked,
  FieldSpan,
  Gap,
  GateSpan,
  HistoryQuery,
  Store,
  Tended,
  ZoneSpan,
} from '../store.ts';
import type { Failure } from './failure.ts';

/** What the thread that writes is started with. */
export interface KeeperSettings {
  readonly folder: string;
  readonly retention: Retention;
  /** Whether a ledger is begun where there is none, or where there is a damaged one. */
  readonly create: boolean;
}

/** What the thread that reads is started with. */
export interface ReaderSettings {
  readonly folder: string;
}

/** Sizes of a ledger before and after room was given back. */
export type Compacted = Awaited<ReturnType<Store['compact']>>;
type Period = Pick<HistoryQuery, 'fromMs' | 'toMs'>;
type CameraPeriod = Pick<HistoryQuery, 'fromMs' | 'toMs' | 'camera'>;

/** Operations by name: what goes in, and what comes out. */
export type Operations = Readonly<Record<string, { readonly in: unknown; readonly out: unknown }>>;

/** What the thread that writes is asked for. */
export type KeeperOperations = {
  readonly open: { readonly in: null; readonly out: null };
  readonly append: { readonly in: readonly Observation[]; readonly out: Appended };
  readonly latest: { readonly in: null; readonly out: ReadonlyMap<string, number> };
  readonly tend: {
    readonly in: { readonly nowMs: number; readonly elapsedMs: number | null };
    readonly out: Tended;
  };
  readonly rebuild: { readonly in: Period; readonly out: Tended };
  readonly compact: { readonly in: null; readonly out: Compacted };
};

/** What a thread that reads is asked for. */
export type ReaderOperations = {
  readonly latest: { readonly in: null; readonly out: ReadonlyMap<string, number> };
  readonly zones: { readonly in: HistoryQuery; readonly out: ZoneSpan[] };
  readonly gates: { readonly in: HistoryQuery; readonly out: GateSpan[] };
  readonly cameras: { readonly in: HistoryQuery; readonly out: CameraSpan[] };
  readonly fields: { readonly in: CameraPeriod; readonly out: FieldSpan[] };
  readonly gaps: { readonly in: CameraPeriod; readonly out: Gap[] };
  readonly check: { readonly in: null; readonly out: Checked };
  readonly backup: { readonly in: string; readonly out: null };
};

/** A question, or the request to finish. */
export type Question<Table extends Operations, Name extends keyof Table = keyof Table> =
  | { readonly [Key in Name]: { readonly name: Key; readonly input: Table[Key]['in'] } }[Name]
  | null;

/** What a thread says: something that nobody asked for, an answer, or why there is none. */
export type Message<Value> = { readonly trouble: Failure } | { readonly value: Value } | { readonly failure: Failure };

/** How a thread answers each question when it answers at once. */
export type PromptHandlers<Table extends Operations> = {
  readonly [Name in keyof Table]: (input: Table[Name]['in']) => Table[Name]['out'];
};

/** How a thread answers each question. */
export type Handlers<Table extends Operations> = {
  readonly [Name in keyof Table]: (input: Table[Name]['in']) => Table[Name]['out'] | Promise<Table[Name]['out']>;
};
