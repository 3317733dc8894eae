import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { editSiteText } from './edit.ts';

const TEXT = `# The market.
site: { id: town, name: Town } # in one line

cameras:
  # Over the north door.
  - id: north
    source: 'rtsp://north/1' # quoted
    fps: 5.0
  # The goods entrance.
  - id: south
    source: south.mp4

zones:
  - { id: square, polygon: [ [ 0, 0 ], [ 12, 0 ], [ 12, 9 ], [ 0, 9 ] ] }
`;

const [NORTH, SOUTH] = [
  { id: 'north', source: 'rtsp://north/1', fps: 5 },
  { id: 'south', source: 'south.mp4' },
];
const SQUARE = {
  id: 'square',
  polygon: [
    [0, 0],
    [12, 0],
    [12, 9],
    [0, 9],
  ],
};
const SITE = { site: { id: 'town', name: 'Town' }, cameras: [NORTH, SOUTH], zones: [SQUARE] };

test.each<[string, object, (text: string) => string]>([
  ['nothing', SITE, (text) => text],
  ['nothing, in another order of keys', { zones: SITE.zones, cameras: SITE.cameras, site: SITE.site }, (text) => text],
  ['a number', { ...SITE, cameras: [{ ...NORTH, fps: 7 }, SOUTH] }, (text) => text.replace('fps: 5.0', 'fps: 7')],
  [
    'a text, in its quotes, beside its comment',
    { ...SITE, cameras: [{ ...NORTH, source: 'rtsp://north/2' }, SOUTH] },
    (text) => text.replace("'rtsp://north/1'", "'rtsp://north/2'"),
  ],
  [
    'something more',
    { ...SITE, cameras: [NORTH, { ...SOUTH, fps: 2 }] },
    (text) => text.replace('source: south.mp4\n', 'source: south.mp4\n    fps: 2\n'),
  ],
  [
    'something less',
    { ...SITE, cameras: [{ id: 'north', source: NORTH.source }, SOUTH] },
    (text) => text.replace('    fps: 5.0\n', ''),
  ],
  [
    'a camera taken out: what was said of the other stays with it',
    { ...SITE, cameras: [SOUTH] },
    (text) => text.replace(/ {2}# Over[\s\S]*5\.0\n/, ''),
  ],
  ['a section taken out', { site: SITE.site, cameras: SITE.cameras }, (text) => text.slice(0, text.indexOf('\nzones'))],
  [
    'a corner moved',
    {
      ...SITE,
      zones: [
        {
          ...SQUARE,
          polygon: [
            [0, 0],
            [14, 0],
            [12, 9],
            [0, 9],
          ],
        },
      ],
    },
    (text) => text.replace('[ 12, 0 ]', '[ 14, 0 ]'),
  ],
])('a change of %s changes that alone', (_, written, change) => {
  expect(editSiteText(TEXT, { ...written })).toBe(change(TEXT));
});

test('cameras in another order take their comments along', () => {
  const text = editSiteText(TEXT, { ...SITE, cameras: [SOUTH, NORTH] });
  expect(text.indexOf('goods')).toBeLessThan(text.indexOf('id: south'));
  expect(text.indexOf('id: south')).toBeLessThan(text.indexOf('# Over the north'));
  expect(text.indexOf('# Over the north')).toBeLessThan(text.indexOf('id: north'));
});

test('whatever is written is what is read', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.tuple(fc.integer(), fc.integer())));
  const cameras = fc.uniqueArray(fc.record({ id: name, fps: fc.integer(), more: value }), { selector: ({ id }) => id });
  fc.assert(
    fc.property(cameras, fc.dictionary(name, value), (list, extra) => {
      const written = { site: { ...extra, id: 'town' }, cameras: list };
      expect(parse(editSiteText(TEXT, written))).toEqual(written);
    }),
  );
});
