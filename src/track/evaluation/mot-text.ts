/**
 * MOTChallenge text: one box per line, `frame,id,left,top,width,height,flag[,…]`, pixels, frames from 1.
 *
 * In a truth, flag 0 marks a box to be ignored; in what a tracker found, that column is a confidence.
 */
import { StarlingError } from '../../contract/index.ts';
import { createMotBoxes, type MotBox, type MotBoxes } from './mot-boxes.ts';

const COLUMNS = ['frame', 'id', 'left', 'top', 'width', 'height', 'flag'] as const;

const bad = (place: string, problem: string): StarlingError =>
  new StarlingError('VALIDATE_BAD_TRUTH', { place, problem });

const numberIn = (field: string | undefined, column: string, place: string): number => {
  const text = field?.trim() ?? '';
  const value = Number(text);
  if (text === '') throw bad(place, `the ${column} is missing; a line is ${COLUMNS.join(',')}`);
  if (!Number.isFinite(value)) throw bad(place, `the ${column} "${text}" is not a number`);
  return value;
};

const wholeIn = (field: string | undefined, column: string, place: string, least: number): number => {
  const value = numberIn(field, column, place);
  if (!Number.isInteger(value) || value < least)
    throw bad(place, `the ${column} ${value} is not a whole number from ${least} up`);
  return value;
};

const parseLine = (line: string, place: string): MotBox => {
  const fields = line.split(line.includes(',') ? ',' : /\s+/);
  const frame = wholeIn(fields[0], 'frame', place, 1);
  const id = wholeIn(fields[1], 'id', place, 0);
  const [left, top, width, height] = [2, 3, 4, 5].map((i) => numberIn(fields[i], COLUMNS[i], place));
  if (width <= 0 || height <= 0) throw bad(place, `the box is ${width} × ${height}, which holds nothing`);
  const flag = fields.length > 6 ? numberIn(fields[6], 'flag', place) : 1;
  return { frame, id, left, top, right: left + width, bottom: top + height, flag };
};

/**
 * Reads MOTChallenge text. Empty lines are passed over.
 *
 * @param text what the file holds
 * @param path its name, for messages
 * @throws VALIDATE_BAD_TRUTH with the line: a field missing or not a number, an empty box, an identity twice in a
 *   frame, no box at all
 */
export const parseMot = (text: string, path: string): MotBoxes => {
  const seen = new Set<string>();
  const boxes = text.split(/\r?\n/).flatMap((raw, i) => {
    const line = (i === 0 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    if (line === '') return [];
    const place = `${path}:${i + 1}`;
    const box = parseLine(line, place);
    const key = `${box.frame},${box.id}`;
    if (seen.has(key)) throw bad(place, `identity ${box.id} is twice in frame ${box.frame}`);
    seen.add(key);
    return [box];
  });
  if (boxes.length === 0) throw bad(path, 'it holds no boxes');
  return createMotBoxes(boxes);
};

const pixels = (value: number): string => value.toFixed(2);

/** Writes MOTChallenge text: `frame,id,left,top,width,height,flag,-1,-1,-1`. */
export const formatMot = (boxes: MotBoxes): string => {
  const lines: string[] = [];
  for (let i = 0; i < boxes.count; i++) {
    const size = [boxes.right[i] - boxes.left[i], boxes.bottom[i] - boxes.top[i]];
    const box = [boxes.left[i], boxes.top[i], ...size].map(pixels);
    lines.push(`${boxes.frame[i]},${boxes.id[i]},${box.join(',')},${boxes.flag[i]},-1,-1,-1\n`);
  }
  return lines.join('');
};
