import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Backoff } from './backoff.ts';
import type { SensorState } from './state.ts';
import { SUPERVISOR_TIMES, Supervisor, type SupervisorTimes } from './supervisor.ts';

let folder = '';
const running: Supervisor[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-supervisor-'));
});
afterEach(async () => {
  for (const supervisor of running.splice(0)) {
    const stopped = supervisor.stop('stop');
    supervisor.kill('the test is over');
    await stopped;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** What a test hears of a process that runs the given code. */
const supervise = (code: string, times: Partial<SupervisorTimes> = {}) => {
  const script = join(folder, 'sensor.mjs');
  writeFileSync(script, code);
  const states: SensorState[] = [];
  const texts: string[] = [];
  const lines: string[] = [];
  const supervisor = new Supervisor({
    script,
    args: ['--of', 'gate'],
    environment: { UV_THREADPOOL_SIZE: '17' },
    cameras: ['gate'],
    times: { ...SUPERVISOR_TIMES, leastWaitMs: 20, mostWaitMs: 200, ...times },
    redact: (line) => line.replaceAll('secret', '***'),
    onStart: (send) => send('hello'),
    onText: (text) => {
      texts.push(text);
      if (text === 'ready') supervisor.ready();
    },
    onLine: (line) => lines.push(line),
    onState: (state) => states.push(state),
  });
  running.push(supervisor);
  const kinds = (): string[] => states.map(({ kind }) => kind);
  const waits = () => states.flatMap((state) => (state.kind === 'waiting' ? [state] : []));
  return { supervisor, states, texts, lines, kinds, waits };
};

const eventually = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 20_000, interval: 20 });

describe('a supervisor', () => {
  it('starts a sensor with what it needs, hears it, and tells when it is at work', async () => {
    const { texts, lines, kinds } = supervise(`
      process.on('message', (text) => {
        process.send(text + ' ' + process.env.UV_THREADPOOL_SIZE + ' ' + process.argv.slice(2).join(' '));
        process.send({ not: 'a text' });
        console.log('out');
        console.error('err');
        process.send('ready');
      });`);
    await eventually(() => expect(kinds()).toEqual(['starting', 'running']));
    expect(texts).toEqual(['hello 17 --of gate', 'ready']);
    await eventually(() => expect(lines.toSorted()).toEqual(['err', 'out']));
  });

  it('starts it again when it ends, less and less often, with its last words and without its secrets', async () => {
    const { waits, kinds } = supervise(`console.error('the secret word'); process.exit(3);`);
    await eventually(() => expect(waits().length).toBeGreaterThan(2));
    const [first, , third] = waits();
    expect(first).toMatchObject({ reason: 'it ended with code 3', lastWords: ['the *** word'] });
    expect(first.error).toMatchObject({
      code: 'FLEET_SENSOR_LOST',
      message: 'The sensor process of gate could not be started: it ended with code 3.',
    });
    expect(third.againInMs).toBeGreaterThan(first.againInMs);
    expect(kinds().slice(0, 4)).toEqual(['starting', 'waiting', 'starting', 'waiting']);
  });

  it('hears everything that a sensor sent before it was killed, before it says that it ended', async () => {
    const { texts, states, waits } = supervise(
      `
      process.send('ready');
      for (let i = 0; i < 500; i++) process.send(String(i) + 'x'.repeat(1000));
      process.on('message', () => {});
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);`,
      { leastWaitMs: 60_000, mostWaitMs: 60_000 },
    );
    await eventually(() => expect(waits().length).toBe(1));
    expect(states.at(-1)).toMatchObject({ kind: 'waiting', reason: 'it was ended by SIGKILL', error: null });
    const heard = texts.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(texts.length).toBe(heard);
  });

  it('ends a sensor that hangs, and starts it again', async () => {
    const { supervisor, waits, kinds } = supervise(`process.send('ready'); for (;;);`, { silentMs: 300 });
    await eventually(() => expect(kinds()).toContain('running'));
    await eventually(() => {
      supervisor.check();
      expect(waits()[0]?.reason).toMatch(/silent/);
    });
    await eventually(() => expect(kinds().filter((kind) => kind === 'running').length).toBeGreaterThan(1));
  });

  it('does not hold its own sleep against the sensor', async () => {
    const { supervisor, waits, kinds } = supervise(`process.send('ready'); process.on('message', () => {});`, {
      silentMs: 500,
    });
    await eventually(() => expect(kinds()).toContain('running'));
    await new Promise((resolve) => {
      setTimeout(resolve, 600);
    });
    supervisor.forgive();
    supervisor.check();
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(waits()).toEqual([]);
  });

  it('says when a script is not there', async () => {
    const { supervisor, waits } = supervise('');
    rmSync(join(folder, 'sensor.mjs'));
    await eventually(() =>
      expect(waits().some(({ lastWords }) => lastWords.join('\n').includes('MODULE_NOT_FOUND'))).toBe(true),
    );
    await supervisor.stop('stop');
    expect(supervisor.state.kind).toBe('stopped');
  });

  it('stops a sensor by asking, and one that does not listen by force', async () => {
    const polite = supervise(
      `process.on('message', (text) => { if (text === 'stop') process.disconnect(); }); process.send('ready');`,
    );
    await eventually(() => expect(polite.kinds()).toContain('running'));
    await polite.supervisor.stop('stop');
    expect(polite.kinds()).toEqual(['starting', 'running', 'stopped']);

    const deaf = supervise(`process.on('message', () => {}); process.send('ready'); setInterval(() => {}, 1000);`);
    await eventually(() => expect(deaf.kinds()).toContain('running'));
    const stopped = deaf.supervisor.stop('stop');
    deaf.supervisor.kill('it did not stop in time');
    await stopped;
    expect(deaf.kinds()).toEqual(['starting', 'running', 'stopped']);
  });
});

describe('waiting before the next try', () => {
  it.each([
    { chance: 0, waits: [500, 1000, 2000, 4000, 8000, 15_000, 15_000] },
    { chance: 0.5, waits: [750, 1500, 3000, 6000, 12_000, 22_500, 22_500] },
  ])('takes twice as long each time, up to a bound, less what chance takes off ($chance)', ({ chance, waits }) => {
    const backoff = new Backoff({ leastMs: 500, mostMs: 30_000 }, () => chance);
    expect(waits.map(() => backoff.next())).toEqual(waits);
    backoff.reset();
    expect(backoff.next()).toBe(waits[0]);
  });

  it('never runs over', () => {
    const backoff = new Backoff({ leastMs: 500, mostMs: 30_000 }, () => 0.999);
    for (let i = 0; i < 5000; i++) backoff.next();
    expect(backoff.next()).toBeLessThanOrEqual(30_000);
  });
});
