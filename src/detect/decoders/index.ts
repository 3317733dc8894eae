/**
 * One decoder per family of models, chosen by the manifest.
 */
import type { ModelManifest } from '../manifest.ts';
import type { Decoder } from './decoder.ts';
import { NanodetDecoder } from './nanodet.ts';
import { RtmdetDecoder } from './rtmdet.ts';
import { SsdDecoder } from './ssd.ts';
import { YoloxDecoder } from './yolox.ts';

/**
 * The decoder that a manifest names.
 *
 * @param manifest   the model's manifest
 * @param scoreFloor boxes below it are not looked at, 0 to 1
 */
export function createDecoder(manifest: ModelManifest, scoreFloor: number): Decoder {
  switch (manifest.decoder) {
    case 'nanodet':
      return new NanodetDecoder(manifest, scoreFloor);
    case 'yolox':
      return new YoloxDecoder(manifest, scoreFloor);
    case 'rtmdet':
      return new RtmdetDecoder(manifest, scoreFloor);
    case 'ssd':
      break;
  }
  return new SsdDecoder(manifest, scoreFloor);
}
