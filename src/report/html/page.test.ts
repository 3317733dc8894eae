import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gateId, type Summary, zoneId } from '../../contract/index.ts';
import { HistoryRecorder } from '../history.ts';
import { incomplete, plaza, type Recording, uncalibrated, wholeDay } from '../recordings.fixture.ts';
import { WindowLog } from '../window-log.ts';
import { renderReport } from './page.ts';

const render = ({ site, plan, frames, windows, results }: Recording): string => {
  const [history, log] = [new HistoryRecorder(), new WindowLog()];
  for (const frame of frames()) history.add(frame);
  for (const window of windows) log.add(window);
  return renderReport({ ...results, site, plan, histories: history.histories(360), windows: log.digest() });
};

const withSummary = (recording: Recording, summary: Partial<Summary>): Recording => ({
  ...recording,
  results: { ...recording.results, summary: { ...recording.results.summary, ...summary } },
});

/** The words of a page, without style, script and tags. */
const wordsOf = (page: string): string =>
  page
    .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00A0]+/g, ' ');

const PAGES: readonly (readonly [string, () => Recording])[] = [
  ['calibrated', plaza],
  ['uncalibrated', uncalibrated],
  ['incomplete', incomplete],
  ['long', () => wholeDay(60_000)],
];

describe.each(PAGES)('the page of a recording, %s', (_name, recording) => {
  const page = render(recording());

  it('loads nothing and holds no picture', () => {
    expect(page).not.toMatch(
      /https?:|\/\/[a-z]|url\((?!#)|<img|<image|<link|<iframe|<object|<embed|data:|@import|srcset/i,
    );
    expect(page).toContain("default-src 'none'");
  });

  it('runs only the script that its policy names', () => {
    const [script = ''] = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, body]) => body ?? '');
    expect(page).toContain(`sha256-${createHash('sha256').update(script).digest('base64')}`);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/\son[a-z]+=/);
  });

  it('names its drawings for those who cannot see them, each id once', () => {
    const drawings = page.match(/<svg/g)?.length ?? 0;
    expect(page.match(/<svg[^>]*role="img" aria-labelledby/g)).toHaveLength(drawings);
    expect(page.match(/<title id=/g)).toHaveLength(drawings);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, ids2 = ''] of page.matchAll(/aria-labelledby="([^"]+)"/g)) {
      for (const id of ids2.split(' ')) expect(ids).toContain(id);
    }
  });

  it('has no figure that failed', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });
});

describe('the words of the page', () => {
  it('say it all in a sentence', () => {
    const words = wordsOf(render(plaza()));
    expect(words).toContain(
      'In the 60 s of this recording there were on average 5.4 ± 0.2 people in view, and at most 9 at once',
    );
    expect(words).toContain('51 crossings of the 4 gates were counted: 25 in and 26 out.');
    expect(words).toContain('1.07 ± 0.02 metres per second');
    expect(words).not.toContain('Incomplete');
  });

  it('mark what was stopped, and what is doubtful', () => {
    const words = wordsOf(render(incomplete()));
    expect(words).toContain('Incomplete. Measuring was stopped before the end');
    expect(words).toContain('Read with care. 31 of the 161 pictures could not be decoded');
    expect(words).toContain('not measured');
  });

  it('say that metres are not known without calibration, and why', () => {
    const page = render(uncalibrated());
    const words = wordsOf(page);
    expect(words).toContain('Density map: not known The camera is not calibrated');
    expect(words).toContain('Speeds: not known The camera is not calibrated');
    expect(page.match(/class="unknown"/g)?.length).toBeGreaterThan(10);
    expect(words).not.toMatch(/metres per second|0 m\/s/);
  });

  it('never make a zero of what was not measured', () => {
    const nothing: Summary['zones'] = { view: { occupancy: null } };
    const health: Summary['health'] = {
      state: 'unknown',
      reasons: [{ code: 'BLIND', message: 'The lens is covered.' }],
    };
    const words = wordsOf(render(withSummary(plaza(), { zones: nothing, gates: {}, health })));
    expect(words).toContain('the number of people in view is not known The lens is covered.');
    expect(words).toContain('Nothing could be measured. The lens is covered.');
  });

  it('say so when nobody came, which is not the same', () => {
    const zones: Summary['zones'] = { view: { occupancy: { mean: 0, max: 0, p95: 0, standardError: 0 } } };
    expect(wordsOf(render(withSummary(plaza(), { zones })))).toContain(
      'In the 60 s of this recording nobody was seen.',
    );
  });

  it('show the first windows of many, and say how many there are', () => {
    const words = wordsOf(render(wholeDay(60_000)));
    expect(words).toContain('These are the first 42 of 2,016 rows.');
    expect(words).toContain('126 of 2,016 rows by window have nothing measured');
  });

  it('stay small for a long recording', () => {
    expect(render(wholeDay(5_000)).length).toBeLessThan(300_000);
  });
});

describe('hostile names', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';

  it('stay text wherever they stand', () => {
    const base = plaza();
    const { summary } = base.results;
    const recording: Recording = {
      ...base,
      site: { name: evil, timezone: 'UTC' },
      plan: {
        ...base.plan,
        zones: [
          {
            id: evil,
            polygon: [
              [0, 0],
              [9, 0],
              [9, 9],
            ],
          },
        ],
        gates: [
          {
            id: evil,
            line: [
              [0, 1],
              [5, 1],
            ],
          },
        ],
      },
      *frames() {
        for (const frame of base.frames()) {
          const [view, square] = frame.zones;
          yield { ...frame, zones: view && square ? [view, { ...square, zone: zoneId(evil) }] : [] };
        }
      },
      windows: base.windows.map((window) =>
        'zone' in window ? { ...window, zone: zoneId(evil) } : { ...window, gate: gateId(evil) },
      ),
      results: {
        ...base.results,
        summary: {
          ...summary,
          source: `/x/${evil}`,
          camera: evil,
          model: { name: evil, sha256: evil },
          zones: { ...summary.zones, [evil]: { occupancy: null } },
          gates: { [evil]: { in: 1, out: 1, standardError: 1, byClass: { [evil]: { in: 1, out: 1 } } } },
          health: { state: 'degraded', reasons: [{ code: evil, message: evil }] },
        },
      },
    };
    const page = render(recording);
    expect(page).not.toMatch(/<script>alert|<img|"><script/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
