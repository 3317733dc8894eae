import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Numbers } from './numbers.ts';

const NOW_MS = 1_790_000_000_000;

describe('sequence numbers', () => {
  it.each([
    { what: 'a new camera begins at 1', disk: { last: 0, isFresh: true }, hub: 0, first: 1 },
    { what: 'the disk knows more', disk: { last: 41, isFresh: false }, hub: 40, first: 42 },
    {
      what: 'the hub knows more, as after a backup was put back',
      disk: { last: 5, isFresh: false },
      hub: 9,
      first: NOW_MS,
    },
    { what: 'both know the same', disk: { last: 9, isFresh: false }, hub: 9, first: 10 },
    { what: 'the file is gone, but the hub knows the camera', disk: { last: 0, isFresh: true }, hub: 9, first: NOW_MS },
    { what: 'the disk cannot be read', disk: null, hub: 0, first: NOW_MS },
    { what: 'it cannot be read, and the hub is ahead of the clock', disk: null, hub: NOW_MS + 5, first: NOW_MS + 6 },
    { what: 'the file is new, and nobody asked the hub', disk: { last: 0, isFresh: true }, hub: null, first: NOW_MS },
  ])('$what: $first', ({ disk, hub, first }) => {
    const numbers = new Numbers();
    if (disk) numbers.opened(disk.last, disk.isFresh);
    if (hub !== null) numbers.continueAfter(hub);
    expect(numbers.next(NOW_MS)).toBe(first);
    numbers.take();
    expect(numbers.next(NOW_MS)).toBe(first + 1);
  });

  it('jump once when the disk begins to fail, and go on from there when it is back', () => {
    const numbers = new Numbers();
    numbers.opened(3, false);
    numbers.distrust();
    expect(numbers.next(NOW_MS)).toBe(NOW_MS);
    numbers.take();
    numbers.skipTo(3);
    expect(numbers.next(NOW_MS + 1000)).toBe(NOW_MS + 1);
  });

  it('are not used up by an observation that could not be made', () => {
    const numbers = new Numbers();
    numbers.opened(3, false);
    expect(numbers.next(NOW_MS)).toBe(4);
    expect(numbers.next(NOW_MS)).toBe(4);
  });

  it('are never given out twice, whatever happens to disk, hub and process', () => {
    // One a second; the disk keeps a number, or is failing; what failed to be kept may or may not reach the hub.
    const event = fc.constantFrom('kept', 'unkept', 'seen', 'crash', 'lost', 'restored');
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let nowMs = NOW_MS;
        let disk = { last: 0, isFresh: true };
        let hub = 0;
        let numbers = new Numbers();
        const open = (): void => {
          numbers = new Numbers();
          numbers.opened(disk.last, disk.isFresh);
          numbers.continueAfter(hub);
        };
        open();
        const given = new Set<number>();
        let isFailing = false;
        const give = (): number => {
          const next = numbers.next(nowMs);
          expect(given).not.toContain(next);
          given.add(next);
          numbers.take();
          return next;
        };
        for (const what of events) {
          nowMs += 1000;
          if (what === 'kept') {
            if (isFailing) numbers.skipTo(disk.last);
            isFailing = false;
            disk = { last: Math.max(disk.last, give()), isFresh: false };
          }
          if (what === 'unkept' || what === 'seen') {
            if (!isFailing) numbers.distrust();
            isFailing = true;
            const next = give();
            if (what === 'seen') hub = Math.max(hub, next);
          }
          // A hub that is asked knows of what was stored, and all that is kept comes there in the end.
          if (what === 'lost' || what === 'restored') hub = Math.max(hub, disk.last);
          if (what === 'lost') disk = { last: 0, isFresh: true };
          if (what === 'restored') disk = { last: Math.floor(disk.last / 2), isFresh: false };
          if (what === 'crash' || what === 'lost' || what === 'restored') {
            isFailing = false;
            open();
          }
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
