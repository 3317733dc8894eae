import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairLevel } from './fair-share.ts';
import { Looker } from './looker.fixture.ts';
import { createPacer, type PacedCamera } from './pacer.ts';
import { createTurns } from './turns.ts';

const alike = (count: number, askedPerS: number): PacedCamera[] =>
  Array.from({ length: count }, (_, i) => ({ id: `camera-${i + 1}`, askedPerS }));

describe('the fair level', () => {
  it.each([
    { asked: [5, 5, 5, 5], capacity: 10, level: 2.5, why: 'all alike' },
    { asked: [1, 5, 5], capacity: 7, level: 3, why: 'who asks for little gets it' },
    { asked: [1, 2, 10], capacity: 4.5, level: 1.75, why: 'nobody above the level' },
    { asked: [5, 5], capacity: 10, level: Number.POSITIVE_INFINITY, why: 'enough for all' },
    { asked: [], capacity: 3, level: Number.POSITIVE_INFINITY, why: 'nobody asks' },
    { asked: [5, 5], capacity: 0, level: 0, why: 'nothing to share' },
    { asked: [5, 5], capacity: -1, level: 0, why: 'less than nothing' },
  ])('$why', ({ asked, capacity, level }) => expect(fairLevel(asked, capacity)).toBe(level));

  it('shares out all that there is, and not more', () => {
    const rate = fc.double({ min: 0.1, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(rate, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        (asked, capacity) => {
          const level = fairLevel(asked, capacity);
          const given = asked.reduce((sum, one) => sum + Math.min(one, level), 0);
          const total = asked.reduce((sum, one) => sum + one, 0);
          expect(given).toBeCloseTo(Math.min(capacity, total), 6);
        },
      ),
      { seed: 4 },
    );
  });
});

describe('pacing', () => {
  it('leaves cameras alone while there is time for all', () => {
    const looker = new Looker(alike(4, 5), 40); // 80 % busy
    const { ratePerS, missed } = looker.run(20);
    expect(missed).toBe(0);
    for (const rate of ratePerS.values()) expect(rate).toBeCloseTo(5, 1);
    expect(looker.pacer.pace('camera-1')).toEqual({ allowedPerS: 5, isLowered: false });
  });

  it('lowers 16 cameras at 5/s with 40 ms a look to what a core can do, within 10 s, all alike; and recovers in 10 s', () => {
    const looker = new Looker(alike(16, 5), 40);
    looker.run(10);
    const short = looker.run(20);
    // A core has time for 25 looks a second; 90 % of that is 1.41/s for each.
    for (const rate of short.ratePerS.values()) expect(Math.abs(rate - 1.41)).toBeLessThan(0.1);
    expect(short.missed).toBeLessThan(10);
    expect(short.busyShare).toBeGreaterThan(0.85);
    expect(looker.pacer.pace('camera-3').isLowered).toBe(true);
    looker.lookMs = 8; // 64 % busy at the full rate
    looker.run(10);
    const well = looker.run(10);
    expect(looker.pacer.pace('camera-3')).toEqual({ allowedPerS: 5, isLowered: false });
    for (const rate of well.ratePerS.values()) expect(rate).toBeCloseTo(5, 1);
    expect(well.missed).toBe(0);
  });

  it('does not swing while the load stays as it is', () => {
    const looker = new Looker(alike(16, 5), 40);
    looker.run(10);
    const levels = Array.from({ length: 60 }, () => {
      looker.run(1);
      return looker.pacer.pace('camera-1').allowedPerS;
    });
    expect(Math.max(...levels) / Math.min(...levels)).toBeLessThan(1.2);
  });

  it('lowers nobody who asks for less than the others get, and brings nobody below 1/s before the others are there', () => {
    const cameras = [{ id: 'slow', askedPerS: 1 }, ...alike(9, 10)];
    const looker = new Looker(cameras, 40);
    looker.run(10);
    const { ratePerS } = looker.run(20);
    expect(ratePerS.get('slow')).toBeCloseTo(1, 1);
    expect(looker.pacer.pace('slow').isLowered).toBe(false);
    expect(ratePerS.get('camera-1')).toBeGreaterThan(2);
    expect(looker.pacer.pace('camera-1').isLowered).toBe(true);
  });

  it('keeps a trickle when next to nothing is possible', () => {
    const looker = new Looker(alike(8, 5), 3000);
    const { ratePerS } = looker.run(120);
    for (const rate of ratePerS.values()) expect(rate).toBeGreaterThan(0.02);
    for (let i = 1; i <= 8; i++) expect(looker.pacer.pace(`camera-${i}`).allowedPerS).toBeGreaterThan(0);
    looker.lookMs = 10;
    looker.run(30);
    expect(looker.pacer.pace('camera-1').isLowered).toBe(false);
  });

  it('backs off when frames are missed although looks are quick, and comes back when none are', () => {
    const pacer = createPacer({ cameras: alike(2, 5) });
    let nowMs = 0;
    const second = (missed: number): void => {
      pacer.looked(8, 80);
      for (let i = 0; i < missed; i++) pacer.dropped();
      pacer.update((nowMs += 1000));
    };
    for (let s = 0; s < 10; s++) second(3);
    expect(pacer.pace('camera-1')).toMatchObject({ isLowered: true });
    expect(pacer.pace('camera-1').allowedPerS).toBeLessThan(2.5);
    for (let s = 0; s < 10; s++) second(0);
    expect(pacer.pace('camera-1')).toEqual({ allowedPerS: 5, isLowered: false });
  });

  it.each([
    { what: 'no cameras', cameras: [], busyMs: 40, at: [1000, 2000] },
    { what: 'a clock that goes back', cameras: alike(1, 5), busyMs: 40, at: [5000, 1000, 2000] },
    { what: 'looks that take no time', cameras: alike(1, 5), busyMs: 0, at: [1000, 2000] },
  ])('survives $what', ({ cameras, busyMs, at }) => {
    const pacer = createPacer({ cameras });
    for (const nowMs of at) {
      pacer.looked(1, busyMs);
      pacer.update(nowMs);
    }
    expect(pacer.pace('camera-1').allowedPerS).toBe(cameras.length * 5);
    expect(pacer.pace('unknown')).toEqual({ allowedPerS: 0, isLowered: false });
  });
});

describe('turns', () => {
  it('are taken by who is longest overdue, and by nobody who does not wait', () => {
    const turns = createTurns();
    expect(turns.next(0)).toBeNull();
    turns.offer('a', 0, 5);
    turns.offer('b', 0, 5);
    expect([turns.next(10), turns.next(50), turns.next(60)]).toEqual(['a', 'b', null]);
    turns.offer('b', 300, 5); // due at 250
    turns.offer('a', 310, 5); // due at 210
    expect([turns.next(320), turns.next(330)]).toEqual(['a', 'b']);
  });

  it('are kept while a newer frame takes the place of the waiting one', () => {
    const turns = createTurns();
    turns.offer('a', 0, 5);
    turns.offer('b', 1, 5);
    turns.offer('a', 2, 5);
    expect(turns.next(3)).toBe('a');
  });

  it('starve nobody, however greedy the others are', () => {
    const turns = createTurns();
    const counts = new Map(['a', 'b', 'c', 'd'].map((camera) => [camera, 0]));
    for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
      for (const camera of counts.keys()) turns.offer(camera, nowMs, camera === 'a' ? 0.5 : 100);
      const camera = turns.next(nowMs);
      if (camera) counts.set(camera, (counts.get(camera) ?? 0) + 1);
    }
    expect(counts.get('a')).toBeGreaterThan(25);
  });
});
