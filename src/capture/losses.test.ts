import { describe, expect, it } from 'vitest';
import { type ReadingFacts, readingHealth } from './losses.ts';

const whole: ReadingFacts = {
  decoded: 420,
  failed: 0,
  failedAtEnd: 0,
  lastNumber: 420,
  damaged: 0,
  firstDamage: null,
  announcedFrames: 420,
  missingShare: 0,
  brokeOff: null,
  disordered: 0,
  gaps: 0,
  gapMs: 0,
  resized: 0,
  sizeChange: null,
};

describe('readingHealth', () => {
  it('is ok when nothing was lost', () => {
    expect(readingHealth(whole)).toEqual({ state: 'ok', reasons: [] });
  });

  const cut = { decoded: 300, lastNumber: 300, missingShare: 120 / 420 };
  const cases: readonly [name: string, facts: Partial<ReadingFacts>, code: string, message: string][] = [
    [
      'a cut recording says how much, and which frames',
      cut,
      'CAPTURE_TRUNCATED',
      'The recording breaks off: about 29 % of it (frames 301–420) could not be read.',
    ],
    [
      'the picture lost at the cut counts as missing, not as damaged',
      { ...cut, failedAtEnd: 1 },
      'CAPTURE_TRUNCATED',
      'The recording breaks off: about 29 % of it (frames 301–420) could not be read.',
    ],
    [
      'one frame short',
      { decoded: 419, lastNumber: 419, missingShare: 1 / 420 },
      'CAPTURE_TRUNCATED',
      'The recording breaks off: less than 1 % of it (frame 420) could not be read.',
    ],
    [
      'the length is known, the number of frames is not',
      { ...cut, announcedFrames: null },
      'CAPTURE_TRUNCATED',
      'The recording breaks off: about 29 % of it (after frame 300) could not be read.',
    ],
    [
      'the disk gave up',
      { announcedFrames: null, brokeOff: 'Input/output error' },
      'CAPTURE_TRUNCATED',
      'The recording breaks off after frame 420 (Input/output error); how much is missing is not known.',
    ],
    [
      'damage in the middle',
      { decoded: 417, failed: 3, damaged: 1, firstDamage: 57 },
      'CAPTURE_DAMAGED',
      'Of 420 frames, 3 could not be decoded and 1 was decoded with damage, first at frame 57.',
    ],
    [
      'damage at the end of a recording that does not say how long it is',
      { decoded: 419, failedAtEnd: 1, lastNumber: 419, announcedFrames: null },
      'CAPTURE_DAMAGED',
      'Of 420 frames, 1 could not be decoded, first at frame 420.',
    ],
    [
      'a file that shrank',
      { sizeChange: { before: 1000, after: 400 } },
      'CAPTURE_FILE_CHANGED',
      'The file went from 1000 to 400 bytes while it was read; the figures hold for what was read, not for the file as it is now.',
    ],
    [
      'a file that was written over',
      { sizeChange: { before: 1000, after: 1000 } },
      'CAPTURE_FILE_CHANGED',
      'The file was written to while it was read; the figures hold for what was read, not for the file as it is now.',
    ],
    [
      'time stamps out of order',
      { disordered: 1 },
      'CAPTURE_TIME_DISORDER',
      'The time stamps of 1 frame ran backwards; their times follow the nominal rate instead.',
    ],
    [
      'holes in time',
      { gaps: 2, gapMs: 61_500 },
      'CAPTURE_GAP',
      'The recording has 2 gaps of 61.5 s in all; nothing is known about that time.',
    ],
    [
      'a camera set to another resolution',
      { resized: 20 },
      'CAPTURE_SIZE_CHANGED',
      '20 frames came in another size than the first; the camera may have been set differently.',
    ],
  ];
  it.each(cases)('%s', (_, facts, code, message) => {
    expect(readingHealth({ ...whole, ...facts })).toEqual({ state: 'degraded', reasons: [{ code, message }] });
  });

  it('gives one reason for each kind of trouble', () => {
    const health = readingHealth({ ...whole, failed: 1, resized: 1, disordered: 1 });
    expect(health.reasons.map(({ code }) => code)).toEqual([
      'CAPTURE_DAMAGED',
      'CAPTURE_TIME_DISORDER',
      'CAPTURE_SIZE_CHANGED',
    ]);
  });
});
