import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Observation, observationSchema } from '../../contract/index.ts';
import { SiteState } from './site-state.ts';

const golden: Observation = observationSchema.parse(
  JSON.parse(readFileSync(new URL('../../../test/golden/observation-v1.json', import.meta.url), 'utf8')),
);
const T = golden.endMs;
const observation = (sequence: number, change: Partial<Observation> = {}): Observation => ({
  ...golden,
  camera: 'a',
  sequence,
  health: { state: 'ok', reasons: [] },
  ...change,
});

const states = (site: SiteState, nowMs: number) => site.now(nowMs).map(({ health }) => health.state);

test('a camera is connecting, then as it says, and unknown when nothing comes', () => {
  const site = new SiteState(['a', 'b'], T);
  expect(states(site, T + 60_000)).toEqual(['connecting', 'connecting']);
  site.setSensor(['a', 'b'], 'running', T);
  expect(states(site, T)).toEqual(['connecting', 'connecting']);
  site.take(observation(1), T + 300);
  expect(site.now(T + 300)[0]).toMatchObject({ camera: 'a', health: { state: 'ok' }, delayMs: 300 });
  expect(states(site, T + 5400)).toEqual(['unknown', 'unknown']);
  expect(site.now(T + 5400)[0]?.health.reasons[0]?.code).toBe('SENSOR_SILENT');
});

test('what comes late from a spool is not about now', () => {
  const site = new SiteState(['a'], T);
  site.setSensor(['a'], 'running', T);
  site.take(observation(9), T);
  site.take(observation(8, { health: { state: 'unknown', reasons: [] } }), T + 100);
  site.take(observation(9, { health: { state: 'unknown', reasons: [] } }), T + 100);
  expect(states(site, T + 100)).toEqual(['ok']);
});

test('a sensor that is down is said, and forgiven when it is up again', () => {
  const site = new SiteState(['a', 'b'], T);
  site.setSensor(['a', 'b'], 'running', T);
  site.take(observation(1), T);
  site.setSensor(['a', 'x'], { ended: 'signal SIGKILL' }, T + 100);
  expect(site.now(T + 200)[0]?.health.reasons[0]?.message).toContain('signal SIGKILL');
  site.setSensor(['a'], 'starting', T + 15_000);
  expect(states(site, T + 15_100)[0]).toBe('connecting');
  site.setSensor(['a'], 'running', T + 20_000);
  expect(states(site, T + 20_100)[0]).toBe('connecting');
  site.take(observation(2), T + 21_000);
  expect(states(site, T + 21_000)[0]).toBe('ok');
  expect(states(site, T + 27_000)[0]).toBe('unknown');
});

test('an observation of a camera that the site does not have is nobody’s', () => {
  const site = new SiteState(['a'], T);
  site.take(observation(1, { camera: 'z' }), T);
  expect(site.now(T)).toHaveLength(1);
});
