/** A site with a book on the disk, that can be closed, killed and opened again at any second. */
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertEvent } from '../../contract/index.ts';
import type { CompiledRule } from '../life/compiled-rule.ts';
import { circumstancesAt, lettersOf, ruleOf, START_MS, Told, truthOf } from '../life/timeline.fixture.ts';
import { type Alerts, type AlertsOptions, openAlerts } from './alerts.ts';

/** One rule, and a book. */
export class BookedSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'starling-alerts-'));
  readonly when = new Told();
  nowMs = START_MS;
  rules: CompiledRule[];
  alerts: Alerts;
  #path = join(this.folder, 'alerts.sqlite');
  readonly #options: Partial<AlertsOptions>;
  #copies = 0;
  #abandoned: Alerts[] = [];

  constructor(rule: Record<string, unknown> = {}, options: Partial<AlertsOptions> = {}) {
    this.#options = options;
    this.#path = options.path ?? this.#path;
    this.rules = [{ rule: ruleOf(rule), when: this.when, clear: null }];
    this.alerts = this.open();
  }

  open(): Alerts {
    const { rules, nowMs } = this;
    this.alerts = openAlerts({ rules, timezone: 'UTC', nowMs, ...this.#options, path: this.#path });
    return this.alerts;
  }

  restart(): void {
    this.alerts.close();
    this.open();
  }

  /** As after a kill: what is on the disk now, and nothing else. */
  kill(): void {
    const copy = join(this.folder, `copy-${++this.#copies}.sqlite`);
    for (const part of ['', '-wal']) if (existsSync(this.#path + part)) copyFileSync(this.#path + part, copy + part);
    this.#abandoned.push(this.alerts);
    this.#path = copy;
    this.open();
  }

  judge(truth: string): AlertEvent[] {
    this.nowMs += 1000;
    this.when.truth = truthOf(truth);
    return this.alerts.judge(circumstancesAt(this.nowMs));
  }

  /**
   * Judges once a letter, and gives the events as a strip.
   *
   * @param acts before that second: r is a restart, k a kill, a acknowledges, s suppresses for 4 s
   */
  run(letters: string, acts = ''): string {
    return Array.from(letters, (letter, i) => lettersOf([...this.act(acts[i]), ...this.judge(letter)])).join('');
  }

  act(letter: string | undefined): AlertEvent[] {
    const raised = this.alerts.current().filter(({ state }) => state !== 'pending');
    if (letter === 'r') this.restart();
    if (letter === 'k') this.kill();
    if (letter === 'a') return raised.flatMap(({ id }) => this.alerts.acknowledge(id, 'kim', this.nowMs));
    if (letter === 's') return this.alerts.suppress(this.rules[0].rule.id, this.nowMs + 4000, 'kim', 'why', this.nowMs);
    return [];
  }

  /** Length of the write-ahead log, which grows with every transaction. */
  bytesWritten(): number {
    return statSync(`${this.#path}-wal`).size;
  }

  log(): AlertEvent[] {
    return this.alerts.log({ limit: 10_000 });
  }

  dispose(): void {
    for (const alerts of [...this.#abandoned, this.alerts]) alerts.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
