import { OBJECT_CLASSES, type ObjectClass } from '../contract/index.ts';

/** Classes that a model confuses with each other, but not with those of another group. */
const GROUPS: Readonly<Record<ObjectClass, number>> = {
  person: 0,
  bicycle: 1,
  motorcycle: 1,
  car: 2,
  bus: 2,
  train: 2,
  truck: 2,
};

const GROUP_OF_INDEX = Uint8Array.from(OBJECT_CLASSES, (name) => GROUPS[name]);

/** Number of the group of a class; a track never leaves its group, so that a person never becomes a car. */
export const groupOfClass = (classIndex: number): number => GROUP_OF_INDEX[classIndex];
