import { expect, test } from 'vitest';
import { makeMoment } from '../moment.fixture.ts';
import { type HealthExtras, metrics } from './metrics.ts';
import { FIGURE_METRICS, OTHER_METRICS } from './table.ts';

const HEALTH: HealthExtras = {
  site: { id: 'old-town', name: 'Old Town "Market"\nby night' },
  upS: 61.5,
  isLedgerWell: true,
  alerts: { info: 0, warning: 2, critical: 1 },
  notifiers: { 'control-room': { waiting: 3, sent: 17, givenUp: 0 } },
};

const linesOf = async (...given: Parameters<typeof metrics>): Promise<string[]> =>
  (await metrics(...given).metrics()).split('\n');
const samples = (lines: readonly string[]): string[] => lines.filter((line) => line !== '' && !line.startsWith('#'));

test('figures with their units and standard errors; what is unknown is not there', async () => {
  const lines = await linesOf(makeMoment(), HEALTH);
  expect(lines).toContain('starling_zone_density_people_per_m2{zone="square"} 2.3741');
  expect(lines).toContain('starling_zone_density_people_per_m2_standard_error{zone="square"} 0.1157');
  expect(lines).toContain('starling_zone_occupancy_people{zone="kerb"} 0');
  expect(lines).toContain('starling_zone_known_ratio{zone="alley"} 0');
  expect(lines).toContain('starling_zone_partial{zone="kerb"} 1');
  expect(lines).toContain('starling_gate_in_people_per_minute{gate="north-gate"} 41.6');
  expect(lines).toContain('starling_camera_speed_metres_per_second{camera="square-north"} 0.5');
  const unknown = samples(lines).filter((line) => /zone="alley"|gate="door"/.test(line));
  expect(unknown).toEqual(['starling_zone_known_ratio{zone="alley"} 0', 'starling_zone_partial{zone="alley"} 0']);
  expect(samples(lines).filter((line) => line.startsWith('starling_zone_pressure') && line.includes('error'))).toEqual(
    [],
  );
});

test('the state of a camera is a set, of which one is 1', async () => {
  const lines = await linesOf(makeMoment(), HEALTH);
  expect(lines.filter((line) => line.startsWith('starling_camera_state{camera="door"'))).toEqual([
    'starling_camera_state{camera="door",state="ok"} 0',
    'starling_camera_state{camera="door",state="degraded"} 0',
    'starling_camera_state{camera="door",state="connecting"} 0',
    'starling_camera_state{camera="door",state="unknown"} 1',
  ]);
});

test('before the first moment there is health, and no figure', async () => {
  const names = samples(await linesOf(null, HEALTH)).map((line) => line.replace(/[{ ].*/, ''));
  expect(new Set(names)).toEqual(
    new Set(
      ['siteInfo', 'up', 'ledgerWell', 'alerts', 'notifierWaiting', 'notifierSent', 'notifierGivenUp'].map(
        (key) => Object.entries(OTHER_METRICS).find(([name]) => name === key)?.[1].name,
      ),
    ),
  );
});

test('nothing stays from scrape to scrape', async () => {
  await linesOf(makeMoment(), HEALTH);
  const lines = await linesOf(makeMoment({ zones: [], gates: [], cameras: [] }), HEALTH);
  expect(lines.filter((line) => /^starling_(zone|gate|camera)/.test(line))).toEqual([]);
});

test('every line is one that Prometheus reads, and every metric has its help and type', async () => {
  const lines = (await linesOf(makeMoment(), HEALTH)).filter((line) => line !== '');
  const name = '[a-z_][a-z0-9_]*';
  const label = `${name}="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
  const sample = new RegExp(`^(${name})(?:\\{${label}(?:,${label})*\\})? -?[0-9.e+-]+$`);
  for (const line of lines) expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) [a-z_0-9]+ \S/ : sample);
  for (const line of samples(lines)) {
    const [, metric] = sample.exec(line) ?? [];
    expect(lines.some((other) => other.startsWith(`# HELP ${metric} `))).toBe(true);
    expect(lines.some((other) => /counter|gauge/.test(other) && other.startsWith(`# TYPE ${metric} `))).toBe(true);
  }
});

test('names are unique, and those of counters end as such', () => {
  const names = [...FIGURE_METRICS.flatMap(({ value, error }) => [value, error]), ...Object.values(OTHER_METRICS)].map(
    (metric) => metric.name,
  );
  expect(new Set(names).size).toBe(names.length);
});
