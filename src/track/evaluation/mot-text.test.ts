import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { formatMot, parseMot } from './mot-text.ts';

describe('MOT text', () => {
  it('is read in any order, with or without what comes after the flag', () => {
    const boxes = parseMot('2,7,10,20,30.5,40,0,-4.1,-7.3,0\n\n1,9,1,2,3,4,1\r\n1 3 5 6 7 8\n', 'gt.txt');
    expect(Array.from(boxes.frame)).toEqual([1, 1, 2]);
    expect(Array.from(boxes.id)).toEqual([3, 9, 7]);
    expect(Array.from(boxes.flag)).toEqual([1, 1, 0]);
    expect([boxes.left[2], boxes.top[2], boxes.right[2], boxes.bottom[2]]).toEqual([10, 20, 40.5, 60]);
  });

  it.each([
    ['', 'gt.txt: it holds no boxes.'],
    ['1,2,3,4,5', 'gt.txt:1: the height is missing; a line is frame,id,left,top,width,height,flag.'],
    ['1,1,1,1,1,1\n0,2,3,4,5,6', 'gt.txt:2: the frame 0 is not a whole number from 1 up.'],
    ['1.5,2,3,4,5,6', 'gt.txt:1: the frame 1.5 is not a whole number from 1 up.'],
    ['1,-1,3,4,5,6', 'gt.txt:1: the id -1 is not a whole number from 0 up.'],
    ['1,2,three,4,5,6', 'gt.txt:1: the left "three" is not a number.'],
    ['1,2,3,4,0,6', 'gt.txt:1: the box is 0 × 6, which holds nothing.'],
    ['1,2,3,4,5,6\n1,2,9,9,5,6', 'gt.txt:2: identity 2 is twice in frame 1.'],
    ['frame,id,left,top,width,height', 'gt.txt:1: the frame "frame" is not a number.'],
  ])('%j is refused', (text, message) => {
    expect(() => parseMot(text, 'gt.txt')).toThrow(StarlingError);
    expect(() => parseMot(text, 'gt.txt')).toThrow(message);
  });

  it('is written as it is read', () => {
    const text = '1,3,5.00,6.00,7.25,8.00,1,-1,-1,-1\n2,3,5.50,6.00,7.25,8.00,1,-1,-1,-1\n';
    expect(formatMot(parseMot(text, 'gt.txt'))).toBe(text);
  });
});
