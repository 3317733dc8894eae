import { describe, expect, it } from 'vitest';
import { computeDetectionShares } from './detection-shares.ts';
import { createMotBoxes, type MotBox, type MotBoxes } from './mot-boxes.ts';
import { createRandom } from '../../../test/helpers/random.ts';

/** A box of one person in one frame; people stand side by side and do not touch. */
const boxOf = (person: number, frame: number): MotBox => {
  const left = 100 * person;
  return { frame, id: person, left, top: 0, right: left + 40, bottom: 90, flag: 1 };
};

/** Boxes of `people` in `frames` frames, where `shows` holds. */
const boxes = (people: number, frames: number, shows: (person: number, frame: number) => boolean): MotBoxes =>
  createMotBoxes(
    Array.from({ length: people }, (_, person) =>
      Array.from({ length: frames }, (__, frame) => (shows(person, frame + 1) ? [boxOf(person, frame + 1)] : [])),
    ).flat(2),
  );

const upTo = (frames: number): number[] => Array.from({ length: frames }, (_, i) => i + 1);

const everybody = (): boolean => true;

describe('computeDetectionShares', () => {
  it('counts people, frame by frame', () => {
    const truth = boxes(4, 10, everybody);
    // The last is missed in half of the frames, and a fifth is made up in all.
    const found = boxes(5, 10, (person, frame) => person !== 3 || frame > 5);
    const shares = computeDetectionShares(truth, found, upTo(10), 5);
    expect(shares?.recall).toBeCloseTo(35 / 40, 12);
    expect(shares?.precision).toBeCloseTo(35 / 45, 12);
  });

  it('looks only at the frames that were measured', () => {
    const truth = boxes(4, 10, everybody);
    const found = boxes(4, 10, (_person, frame) => frame % 2 === 1);
    expect(computeDetectionShares(truth, found, [1, 3, 5, 7, 9], 2.5)).toMatchObject({ recall: 1, precision: 1 });
  });

  it.each<[string, MotBoxes, MotBoxes]>([
    ['nobody was there', createMotBoxes([]), boxes(1, 5, everybody)],
    ['nobody was found', boxes(1, 5, everybody), createMotBoxes([])],
    ['others were found', boxes(2, 5, (person) => person === 0), boxes(2, 5, (person) => person === 1)],
  ])('says nothing when %s', (_what, truth, found) => {
    expect(computeDetectionShares(truth, found, upTo(5), 5)).toBeNull();
  });

  it.each<[string, number, number]>([
    ['ten seconds', 50, 0.12],
    ['five minutes', 1500, 0.005],
  ])('does not take a clip without an error for a proof: %s', (_what, frames, most) => {
    const all = boxes(3, frames, everybody);
    const shares = computeDetectionShares(all, all, upTo(frames), 5);
    expect(shares).toMatchObject({ recall: 1, precision: 1 });
    expect(shares?.recallSe).toBeGreaterThan(0);
    expect(shares?.recallSe).toBeLessThan(most);
  });

  it('knows how much clips of the same place differ', () => {
    const uniform = createRandom(5);
    const [people, frames] = [6, 300];
    const clips = Array.from({ length: 60 }, () => {
      // Each is hidden for a tenth of the time; a state lasts, with an integrated autocorrelation of five seconds.
      const hidden = Array.from({ length: people }, () => uniform() < 0.1);
      const seen = new Set<number>();
      for (let frame = 1; frame <= frames; frame++)
        for (let person = 0; person < people; person++) {
          if (uniform() < 2 / 25) hidden[person] = uniform() < 0.1;
          if (!hidden[person]) seen.add(frame * people + person);
        }
      const found = boxes(people, frames, (person, frame) => seen.has(frame * people + person));
      return computeDetectionShares(boxes(people, frames, everybody), found, upTo(frames), 5);
    });
    const off = clips.map((shares) => ((shares?.recall ?? 0) - 0.9) / (shares?.recallSe ?? 0));
    const rms = Math.sqrt(off.reduce((sum, z) => sum + z * z, 0) / off.length);
    expect(rms).toBeGreaterThan(0.65);
    expect(rms).toBeLessThan(1.25);
  });
});
