import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gateId, type Summary, zoneId } from '../../contract/index.ts';
import { HistoryRecorder } from '../history.ts';
import { incomplete, plaza, type Recording, uncalibrated, wholeDay } from '../recordings.fixture.ts';
import { bottleneck } from '../trajectories.fixture.ts';
import { WindowLog } from '../window-log.ts';
import { renderReport } from './page.ts';

const FINENESS = { stretches: 360, states: 720 };

const render = ({ kind, site, plan, methods, frames, windows, results }: Recording): string => {
  const [history, log] = [new HistoryRecorder(), new WindowLog()];
  for (const frame of frames()) history.add(frame);
  for (const window of windows) log.add(window);
  const [zones, gates] = [history.zones(FINENESS), history.gates(FINENESS)];
  return renderReport({ ...results, kind, site, plan, methods, zones, gates, windows: log.digest() });
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
  ['of trajectories', bottleneck],
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
    expect(render(wholeDay(5_000)).length).toBeLessThan(450_000);
  });
});

/** A section of a page by its name. */
const sectionOf = (page: string, id: string): string =>
  new RegExp(`<section id="${id}".*?</section>`, 's').exec(page)?.[0] ?? '';

describe('the page of trajectories', () => {
  const page = render(bottleneck());
  const words = wordsOf(page);

  it('reads right without a camera, a model and a calibration', () => {
    expect(words).toContain('In the 60 s of this trajectory file there were on average 98 ± 6 people in the area');
    expect(words).toContain('Trajectory file bottleneck.txt , frames 0 to 959');
    expect(words).toContain('960 frames, 16 a second. No camera was involved');
    expect(words).toContain('Time since the first frame');
    expect(words).toContain('whole area');
    expect(words).not.toMatch(/camera (does|is|sees)|calibrated|Detector|picture|in view|whole view|starling validate/);
  });

  it.each([
    ['methods', 'method', /5 frames before to 5 after.*Steffen and Seyfried.*further than 0.8 m.*Weidmann.*Helbing/],
    ['files', 'method', /passing\.csv/],
    ['privacy', 'privacy', /No camera was involved.*in no result/],
  ])('names its %s', (_what, id, pattern) => {
    expect(wordsOf(sectionOf(page, id))).toMatch(pattern);
  });

  it('draws walls and two maps side by side, for the plan is upright', () => {
    const places = sectionOf(page, 'places');
    expect(places).toContain('class="pair"');
    expect(places.match(/class="wall"/g)).toHaveLength(4);
    expect(places).toMatch(/class="cell d\d"/);
    expect(places).toMatch(/class="cell s\d"/);
  });
});

describe('the crowd on the page', () => {
  it.each([
    ['a camera', plaza, /the camera does not see the ground there, or there were never 3 people in view/],
    ['trajectories', bottleneck, /outside the area that is measured, or there were never 3 people in the area/],
  ])('has maps of %s that name both reasons why they may be hatched', (_what, recording, pattern) => {
    expect(wordsOf(sectionOf(render(recording()), 'places'))).toMatch(pattern);
  });

  it('has no reason of a minimum count where there is none', () => {
    const recording = plaza();
    const methods = { ...recording.methods, minimumCount: 1 };
    expect(wordsOf(sectionOf(render({ ...recording, methods }), 'places'))).not.toContain('there were never');
  });

  it('puts wide plans one above the other', () => {
    expect(sectionOf(render(plaza()), 'places')).not.toContain('class="pair"');
  });

  it.each([
    ['walkway', 'Fruin’s table for walkways (1971)', 'E up to 2.15'],
    ['queue', 'Fruin’s table for queues (1971)', 'E up to 5.38'],
  ] as const)('names the table of levels of a %s, with its limits', (levelOfService, name, limit) => {
    const recording = bottleneck();
    const analysis = { ...recording.methods.analysis, levelOfService };
    const words = wordsOf(sectionOf(render({ ...recording, methods: { ...recording.methods, analysis } }), 'crowding'));
    expect(words).toContain(name);
    expect(words).toContain(limit);
  });

  it('says how much of the time each level held, and never 0 % of what there was', () => {
    const words = wordsOf(sectionOf(render(bottleneck()), 'crowding'));
    expect(words).toMatch(/throat A 2 % B &lt; 1 % C 1 % D 2 % E 21 % F 74 %/);
  });

  it('gives crowd pressure with its source and its caveat', () => {
    const words = wordsOf(sectionOf(render(bottleneck()), 'crowding'));
    expect(words).toMatch(
      /averaged over 1 m.*depends on that radius.*\(2007\).*0\.02 1\/s².*Compare a place with itself/,
    );
  });

  it('shows fundamental diagrams of drawn zones, with their stretches and their method', () => {
    const words = wordsOf(sectionOf(render(bottleneck()), 'fundamental'));
    expect(words).toContain('throat 60 stretches of 1 s, Voronoi density and speed');
    expect(words).toContain('Weidmann (1993)');
    expect(words).not.toContain('whole area');
  });

  it('shows who went from gate to gate, in the order of the gates, as counts', () => {
    const gates = sectionOf(render(plaza()), 'gates');
    const [, head = ''] = /From one gate to the next<\/caption><thead>(.*?)<\/thead>/.exec(gates) ?? [];
    expect(wordsOf(head).trim()).toBe('From, to north east south');
    expect(wordsOf(gates)).toMatch(/north – 4 6 .*south 3 – –.*west – 2 –/);
    expect(wordsOf(render(bottleneck()))).not.toContain('From one gate to the next');
  });

  it.each([
    ['N–t curves', plaza, 'Crossings so far, over time (N–t)', true],
    ['crowding', uncalibrated, 'How crowded, and when', false],
    ['a fundamental diagram', uncalibrated, 'Speed and flow against density', false],
    ['Voronoi', uncalibrated, 'Voronoi', false],
  ])('has %s where it is known', (_what, recording, words, isThere) => {
    expect(wordsOf(render(recording())).includes(words)).toBe(isThere);
  });

  it('says when a zone was past its capacity', () => {
    const recording = bottleneck();
    const windows = recording.windows.map((window) =>
      'zone' in window && window.crowd && window.zone === 'throat'
        ? { ...window, crowd: { ...window.crowd, pastCapacity: true } }
        : window,
    );
    expect(wordsOf(render({ ...recording, windows }))).toContain('throat from 0:00, throat from 0:30');
    expect(wordsOf(render(recording))).not.toContain('Past its capacity');
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
          const gates = frame.gates.map((gate) => ({ ...gate, gate: gateId(evil) }));
          yield { ...frame, gates, zones: view && square ? [view, { ...square, zone: zoneId(evil) }] : [] };
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
          originDestination: [{ from: evil, to: evil, people: 3 }],
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
