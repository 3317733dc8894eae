import { describe, expect, it } from 'vitest';
import { createMachineClock, type MachineClock } from './machine-clock.ts';

/** A clock under the hands of a test: time passes on both, and somebody sets the one. */
const createHands = (): { machine: MachineClock; pass: (ms: number) => void; set: (ms: number) => void } => {
  let steadyMs = 500;
  let utcMs = 1_800_000_000_000;
  const machine = createMachineClock(
    () => utcMs,
    () => steadyMs,
  );
  return {
    machine,
    pass: (ms) => {
      steadyMs += ms;
      utcMs += ms;
    },
    set: (ms) => {
      utcMs += ms;
    },
  };
};

describe('the machine’s clock', () => {
  it.each([
    ['forward', 7_500, '7.5 s'],
    ['back', -3_600_000, '-3600.0 s'],
  ])('set %s: is said for a minute', (_, setMs, says) => {
    const { machine, pass, set } = createHands();
    pass(1000);
    expect(machine.jumped()).toBe(false);
    set(setMs);
    expect(machine.jumped()).toBe(true);
    expect(machine.jumped()).toBe(false);
    expect(machine.reasons()).toEqual([{ code: 'CLOCK_JUMPED', message: expect.stringContaining(says) }]);
    pass(59_000);
    expect(machine.reasons()).toHaveLength(1);
    pass(2000);
    expect(machine.reasons()).toEqual([]);
  });

  it('moved a little by the time service, again and again: nothing is said', () => {
    const { machine, pass, set } = createHands();
    for (let i = 0; i < 100; i++) {
      pass(100);
      set(1500);
      expect(machine.jumped()).toBe(false);
    }
    expect(machine.reasons()).toEqual([]);
  });
});
