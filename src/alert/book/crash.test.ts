import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { AlertEvent } from '../../contract/index.ts';
import { ruleOf, START_MS, Told } from '../life/timeline.fixture.ts';
import { openAlerts } from './alerts.ts';

const SCRIPT = fileURLToPath(new URL('judge-loop.fixture.ts', import.meta.url));
/** After how many events, and then after how many ms more, each process is killed. */
const KILLS = [
  [1, 0],
  [40, 3],
  [7, 1],
  [90, 7],
  [23, 0],
];

/** Runs it until it is killed, and gives what it said. */
const runUntilKilled = async (file: string, seed: number, events: number, moreMs: number): Promise<string[]> => {
  const child = spawn(process.execPath, [SCRIPT, file, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'ready') said.push(line);
    if (said.length === events) setTimeout(() => child.kill('SIGKILL'), moreMs);
  }
  expect(await gone).toEqual([null, 'SIGKILL']);
  return said;
};

const rules = ['square', 'hall', 'stairs'].map((id) => ({ rule: ruleOf({ id }), when: new Told(), clear: null }));

const allOf = (file: string) => {
  const alerts = openAlerts({ path: file, rules, timezone: 'UTC', nowMs: START_MS });
  const events: AlertEvent[] = [];
  for (let found = alerts.log({ limit: 1000 }); found.length > 0; ) {
    events.push(...found);
    found = alerts.log({ limit: 1000, afterSequence: events.at(-1)?.sequence ?? 0 });
  }
  const current = alerts.current();
  alerts.close();
  return { events, current };
};

/** Ids of alerts that the log says are open: each is raised once, and ended at most once. */
const openOf = (events: readonly AlertEvent[]): Set<string> => {
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const { kind, alert } of events) {
    if (!alert) continue;
    if (kind === 'raised') {
      expect(open.has(alert.id) || ended.has(alert.id)).toBe(false);
      open.add(alert.id);
    } else if (kind !== 'noted') expect(open.has(alert.id)).toBe(true);
    if (alert.endedMs === null || !open.delete(alert.id)) continue;
    ended.add(alert.id);
  }
  return open;
};

it('loses nothing that was told, and tells nothing twice, when it is killed', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'starling-alerts-crash-'));
  const file = path.join(folder, 'alerts.sqlite');
  const said: string[] = [];
  for (const [i, [events, moreMs]] of KILLS.entries()) {
    // A line may be cut off by the kill; what is whole had returned.
    const lines = await runUntilKilled(file, 1000 + i, events, moreMs);
    said.push(...lines.filter((line) => line.split(' ').length === 3 && /[0-9a-f-]{36}$|-$/.test(line)));
    const { events: logged, current } = allOf(file);
    const inLog = logged.map(({ sequence, kind, alert }) => `${sequence} ${kind} ${alert?.id ?? '-'}`);
    expect(inLog).toEqual([...new Set(inLog)]);
    expect(logged.map(({ sequence }) => sequence)).toEqual(
      logged.map(({ sequence }) => sequence).sort((a, b) => a - b),
    );
    const has = new Set(inLog);
    expect(said.filter((line) => !has.has(line))).toEqual([]);
    // Both are written, or neither: what is open is what the log says is open.
    expect(new Set(current.flatMap(({ id, state }) => (state === 'pending' ? [] : [id])))).toEqual(openOf(logged));
  }
  rmSync(folder, { recursive: true });
});
