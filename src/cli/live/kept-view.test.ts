import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../test/helpers/video.ts';
import { createPlace, picture, PER_S, see } from '../../capture/condition/pictures.fixture.ts';
import { type Camera, siteSchema } from '../../contract/index.ts';
import { KeptView } from './kept-view.ts';
import { forgetReference, hasReference, readReference } from './reference-view.ts';

const [street] = siteSchema.parse({
  site: { id: 's', name: 'S', timezone: 'UTC' },
  cameras: [{ id: 'street', source: 'street.mp4' }],
}).cameras;
const masked: Camera = {
  ...street,
  masks: [
    [
      [0, 0],
      [0.5, 0],
      [0.5, 0.5],
    ],
  ],
};

const here = see(createPlace(1));
const elsewhere = see(createPlace(2));
const LEARNT_S = 20;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let timeMs: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'street.view.json');
  timeMs = 0;
});
afterEach(() => folder[Symbol.asyncDispose]());

/** Shows a view for some seconds. @returns the codes at their end */
const show = (view: KeptView, scene: Uint8Array, seconds: number, scale = 1): string[] => {
  for (let i = 0; i < seconds * PER_S; i++) {
    timeMs += 1000 / PER_S;
    const seen = picture(scene, timeMs);
    view.look(scale === 1 ? seen : { ...seen, width: seen.width / scale, height: seen.height / scale }, timeMs);
  }
  return view.reasons(timeMs).map(({ code }) => code);
};

const learn = async (camera = street): Promise<void> => {
  show(await KeptView.open(folder.path, camera), here, LEARNT_S);
  await vi.waitUntil(() => hasReference(folder.path, 'street'));
  // It is written under another name and then given its own: what is there is whole.
  JSON.parse(await readFile(path, 'utf8'));
};

describe('a view that was learnt', () => {
  test.each([
    ['the same view is well', here, []],
    ['another view is told', elsewhere, ['VIEW_SHIFTED']],
  ] as const)('is known after a restart: %s', async (_, scene, codes) => {
    await learn();
    expect(show(await KeptView.open(folder.path, street), scene, LEARNT_S)).toEqual(codes);
  });

  test('tells another resolution after a restart', async () => {
    await learn();
    expect(show(await KeptView.open(folder.path, street), here, 2, 2)).toContain('RESOLUTION_CHANGED');
  });

  test('is taken anew once it was confirmed, while the camera is watched', async () => {
    await learn();
    const view = await KeptView.open(folder.path, street);
    expect(show(view, elsewhere, LEARNT_S)).toEqual(['VIEW_SHIFTED']);
    await view.check();
    expect(show(view, elsewhere, 1)).toEqual(['VIEW_SHIFTED']);
    expect(await forgetReference(folder.path, 'street')).toBe(true);
    await view.check();
    expect(show(view, elsewhere, LEARNT_S)).toEqual([]);
    await vi.waitUntil(() => hasReference(folder.path, 'street'));
    expect(show(await KeptView.open(folder.path, street), here, LEARNT_S)).toEqual(['VIEW_SHIFTED']);
  });

  test('is not known for other masks: they are of another calibration', async () => {
    await learn();
    expect(await readReference(folder.path, street)).not.toBeNull();
    expect(await readReference(folder.path, masked)).toBeNull();
    expect(show(await KeptView.open(folder.path, masked), elsewhere, LEARNT_S)).toEqual([]);
  });
});

describe('a reference on the disk', () => {
  test('is nothing where there is none, and cannot be forgotten', async () => {
    expect(await readReference(folder.path, street)).toBeNull();
    expect(await forgetReference(folder.path, 'street')).toBe(false);
  });

  test.each([
    ['cut short by a loss of power', '{"calibration":"ab'],
    ['of another kind', '{"faces":[]}'],
    ['empty', ''],
  ])('is learnt anew when it is %s', async (_, text) => {
    await writeFile(path, text);
    expect(await readReference(folder.path, street)).toBeNull();
    expect(show(await KeptView.open(folder.path, street), elsewhere, 2)).toEqual([]);
  });

  test('that cannot be kept leaves the camera as well as it was', async () => {
    // A folder in the place of the file.
    await mkdir(`${path}.new`, { recursive: true });
    const view = await KeptView.open(folder.path, street);
    expect(show(view, here, LEARNT_S)).toEqual([]);
    await view.check();
    expect(show(view, here, 1)).toEqual([]);
    expect(await hasReference(folder.path, 'street')).toBe(false);
  });
});
