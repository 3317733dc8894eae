import type { FrameArea } from './frame.ts';
import type { Fit } from './recording.ts';

/** A rectangle in whole pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Width and height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const atLeastOne = (value: number): number => Math.max(1, Math.round(value));

/**
 * Where a picture goes in a frame of another size, whole pixels.
 *
 * @param source      size of the picture, pixels
 * @param pixelAspect width of one of its pixels over its height; 1 for square ones
 * @param target      size of the frame, pixels
 */
export const fitPicture = (source: Size, pixelAspect: number, target: Size, fit: Fit): PixelBox => {
  if (fit === 'stretch') return { left: 0, top: 0, ...target };
  const shownWidth = source.width * pixelAspect;
  const scale = Math.min(target.width / shownWidth, target.height / source.height);
  const width = Math.min(target.width, atLeastOne(shownWidth * scale));
  const height = Math.min(target.height, atLeastOne(source.height * scale));
  return {
    left: Math.floor((target.width - width) / 2),
    top: Math.floor((target.height - height) / 2),
    width,
    height,
  };
};

/** A pixel box as fractions of the frame. */
export const toArea = (box: PixelBox, frame: Size): FrameArea => ({
  left: box.left / frame.width,
  top: box.top / frame.height,
  right: (box.left + box.width) / frame.width,
  bottom: (box.top + box.height) / frame.height,
});
