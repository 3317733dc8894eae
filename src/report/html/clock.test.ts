import { describe, expect, it } from 'vitest';
import { utcMs } from '../../contract/index.ts';
import { plaza, wholeDay } from '../recordings.fixture.ts';
import { createClock } from './clock.ts';
import type { ReportData } from './report-data.ts';

const dataOf = ({ kind, site, plan, methods, results, windows }: ReturnType<typeof plaza>): ReportData => ({
  ...results,
  kind,
  site,
  plan,
  methods,
  zones: [],
  gates: [],
  windows: { first: windows.slice(0, 1), rows: 1, partlyCovered: 0, uncovered: 0, reasons: [] },
});

const HOUR = 3_600_000;

describe('createClock', () => {
  it('counts from the beginning when the recording does not say when that was', () => {
    const clock = createClock(dataOf(plaza()));
    expect(clock.startUtcMs).toBeNull();
    expect(clock.moment(61_000)).toBe('1:01');
    expect(clock.ticks(0, 60_000, 7).map(({ label }) => label)).toEqual([
      '0:00',
      '0:10',
      '0:20',
      '0:30',
      '0:40',
      '0:50',
      '1:00',
    ]);
  });

  it("shows the site's time, across a clock change", () => {
    const clock = createClock(dataOf(wholeDay()));
    expect(clock.moment(0)).toBe('00:00:00');
    expect(clock.moment(2 * HOUR)).toBe('03:00:00');
    expect(clock.ticks(0, 23 * HOUR, 5).map(({ label }) => label)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
    ]);
    expect(clock.period(0, HOUR)).toMatch(/^Sunday,? 29 March 2026, 00:00:00 to 01:00:00$/);
  });

  it('shows dates at midnight on longer axes', () => {
    const labels = createClock(dataOf(wholeDay()))
      .ticks(0, 71 * HOUR, 8)
      .map(({ label }) => label);
    expect(labels[0]).toMatch(/^Sun,? 29 Mar$/);
    expect(labels[1]).toBe('12:00');
  });

  it('takes the beginning from a window before it takes it from the summary', () => {
    const data = dataOf(wholeDay());
    const [window] = data.windows.first;
    if (!window) throw new Error('the fixture has windows');
    const later = { ...data, windows: { ...data.windows, first: [{ ...window, startUtc: utcMs(0) }] } };
    expect(createClock(later).moment(0)).toBe('01:00:00');
    expect(createClock({ ...data, windows: { ...data.windows, first: [] } }).moment(0)).toBe('00:00:00');
  });
});
