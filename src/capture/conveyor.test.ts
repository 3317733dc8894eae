import { describe, expect, it } from 'vitest';
import { Conveyor } from './conveyor.ts';

const slots = (count: number): { n: number }[] => Array.from({ length: count }, () => ({ n: 0 }));

const isWaiting = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  promise.then(note, note);
  for (let i = 0; i < 10; i++) await Promise.resolve();
  return !settled;
};

describe('Conveyor', () => {
  it('hands slots over in order and ends', async () => {
    const belt = new Conveyor(slots(2));
    const produce = async (): Promise<void> => {
      for (let n = 1; n <= 10; n++) {
        const slot = await belt.empty();
        if (!slot) return;
        slot.n = n;
        belt.put(slot);
      }
      belt.end();
    };
    const done = produce();
    const got: number[] = [];
    for (let slot = await belt.take(); slot; slot = await belt.take()) {
      got.push(slot.n);
      belt.giveBack(slot);
    }
    await done;
    expect(got).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('makes the producer wait while every slot is full or in use', async () => {
    const belt = new Conveyor(slots(2));
    for (let i = 0; i < 2; i++) {
      const slot = await belt.empty();
      if (slot) belt.put(slot);
    }
    const third = belt.empty();
    expect(await isWaiting(third)).toBe(true);
    const taken = await belt.take();
    expect(await isWaiting(third)).toBe(true);
    if (taken) belt.giveBack(taken);
    expect(await third).toBe(taken);
  });

  it('delivers what was put before a failure, then the failure', async () => {
    const belt = new Conveyor(slots(2));
    const slot = await belt.empty();
    if (slot) belt.put(slot);
    belt.fail(new Error('broken'));
    expect(await belt.take()).toBe(slot);
    await expect(belt.take()).rejects.toThrow('broken');
  });

  it('stops both sides at once', async () => {
    const belt = new Conveyor(slots(1));
    const slot = await belt.empty();
    if (slot) belt.put(slot);
    const waiting = belt.empty();
    belt.stop(new Error('enough'));
    expect(await waiting).toBeNull();
    await expect(belt.take()).rejects.toThrow('enough');
  });

  it('stops without a reason as if it had ended', async () => {
    const belt = new Conveyor(slots(1));
    const waiting = belt.take();
    belt.stop();
    expect(await waiting).toBeNull();
  });
});
