/**
 * `detect/`: frames in, boxes of people and vehicles out. See README.md.
 */
export { createDetector, type Detector, type DetectorOptions, type InputSize } from './detector.ts';
export type { ClassEntry, ModelManifest } from './manifest.ts';
export { findModel, listModels, type ModelFile, readModel } from './models.ts';
