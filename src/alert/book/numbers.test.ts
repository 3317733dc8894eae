import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Numbers } from './numbers.ts';

const NOW_MS = 1_790_000_000_000;

describe('numbers of events', () => {
  it('follow each other while they are reserved', () => {
    const numbers = new Numbers();
    numbers.continueAfter(7);
    numbers.reserved(numbers.wanted());
    expect([numbers.take(NOW_MS), numbers.take(NOW_MS), numbers.last]).toEqual([8, 9, 9]);
  });

  it('jump to the clock when they could not be reserved', () => {
    const numbers = new Numbers();
    expect([numbers.take(NOW_MS), numbers.take(NOW_MS), numbers.take(NOW_MS + 1000)]).toEqual([
      NOW_MS,
      NOW_MS + 1,
      NOW_MS + 1000,
    ]);
  });

  it('are reserved anew when half of them are used', () => {
    const numbers = new Numbers();
    numbers.reserved(numbers.wanted());
    const first = numbers.wanted();
    for (let i = 0; i < Numbers.block / 2; i++) numbers.take(NOW_MS);
    expect(numbers.wanted()).toBe(first);
    numbers.take(NOW_MS);
    expect(numbers.wanted()).toBeGreaterThan(first);
  });

  it('are never used twice, whenever the disk fails and the process is killed', () => {
    const steps = fc.array(fc.constantFrom('take', 'take', 'take', 'commit', 'fail', 'kill'), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (given) => {
        let disk = 0;
        let isWorking = true;
        let numbers = new Numbers();
        const used: number[] = [];
        const open = (): void => {
          numbers = new Numbers();
          // A file that cannot be read says nothing of what was used.
          if (isWorking) numbers.continueAfter(disk);
          commit();
        };
        const commit = (): void => {
          if (!isWorking) return;
          numbers.continueAfter(disk);
          disk = Math.max(numbers.wanted(), disk);
          numbers.reserved(disk);
        };
        open();
        given.forEach((step, i) => {
          // A second goes by: the clock moves faster than numbers are used.
          const nowMs = NOW_MS + i * 1000;
          if (step === 'take') used.push(numbers.take(nowMs));
          if (step === 'commit') commit();
          if (step === 'fail') isWorking = !isWorking;
          if (step === 'kill') open();
        });
        expect(new Set(used).size).toBe(used.length);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
