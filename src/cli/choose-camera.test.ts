import { expect, test } from 'vitest';
import { siteSchema } from '../contract/index.ts';
import { chooseCamera } from './choose-camera.ts';

const HEAD = { site: { id: 'town', name: 'Town' } };

test('the camera of a recording is the one named, the one with its file name, or the only one', () => {
  const cameras = [
    { id: 'north', source: 'rtsp://north/1' },
    { id: 'south', source: 'south.mp4' },
  ];
  const site = siteSchema.parse({ ...HEAD, cameras });
  const path = 'town.site.yaml';
  expect(chooseCamera(site, path, 'x.mp4', 'south')?.id).toBe('south');
  expect(chooseCamera(site, path, '/elsewhere/south.mp4')?.id).toBe('south');
  expect(() => chooseCamera(site, path, 'x.mp4')).toThrow('2 cameras');
  expect(() => chooseCamera(site, path, 'x.mp4', 'west')).toThrow('no camera "west"');
  const alone = siteSchema.parse({ ...HEAD, cameras: [{ id: 'north' }] });
  expect(chooseCamera(alone, path, 'x.mp4')?.id).toBe('north');
});
