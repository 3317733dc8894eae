import type { Camera, DetectionQuality } from '../contract/index.ts';
import type { ModelFile } from '../detect/index.ts';

/**
 * How well people are found: as validated with this camera and this model, else as the model's card says; null when
 * neither says anything.
 */
export const detectionOf = (
  camera: Pick<Camera, 'detection'> | null,
  { name, quality }: Pick<ModelFile['manifest'], 'name' | 'quality'>,
): DetectionQuality | null => {
  const here = camera?.detection;
  if (here && (here.model === undefined || here.model === name)) return { ...here, source: 'validated here' };
  return quality ? { ...quality, source: 'model card' } : null;
};
