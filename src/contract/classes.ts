/**
 * Everything that Starling can see, as an allow-list. A model's other outputs are not read, and a manifest that asks
 * for another class is refused: there is no place for a face, an age or a number plate.
 */
export const OBJECT_CLASSES = ['person', 'bicycle', 'car', 'motorcycle', 'bus', 'train', 'truck'] as const;

/** One class of {@link OBJECT_CLASSES}. */
export type ObjectClass = (typeof OBJECT_CLASSES)[number];

/** Index of `person` in {@link OBJECT_CLASSES}, as stored in every `classIndex` column. */
export const PERSON_CLASS_INDEX = 0;
