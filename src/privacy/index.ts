export { createMasker, type MaskPolygon } from './mask.ts';
