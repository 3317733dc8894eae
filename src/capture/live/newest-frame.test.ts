import { describe, expect, it } from 'vitest';
import { frameNumber, mediaTimeMs } from '../../contract/index.ts';
import type { Slot } from '../frame-maker.ts';
import { NewestFrame } from './newest-frame.ts';

const slot = (): Slot => ({ pixels: Buffer.alloc(3), frame: null });

const open = (): { newest: NewestFrame; make: (number: number) => Uint8Array } => {
  const newest = new NewestFrame();
  newest.supply([slot(), slot(), slot()]);
  const make = (number: number): Uint8Array => {
    const spare = newest.spare();
    if (!spare) throw new Error('there is no buffer left');
    spare.frame = {
      number: frameNumber(number),
      timeMs: mediaTimeMs(number),
      width: 1,
      height: 1,
      sourceWidth: 1,
      sourceHeight: 1,
      picture: { left: 0, top: 0, right: 1, bottom: 1 },
      data: spare.pixels,
    };
    newest.offer(spare);
    return spare.pixels;
  };
  return { newest, make };
};

describe('the newest frame', () => {
  it('is taken once, and waited for', async () => {
    const { newest, make } = open();
    make(1);
    expect((await newest.take())?.number).toBe(1);
    const second = newest.take();
    make(2);
    expect((await second)?.number).toBe(2);
    expect(newest.dropped).toBe(0);
  });

  it('replaces one that nobody took, which counts as dropped', async () => {
    const { newest, make } = open();
    for (const number of [1, 2, 3, 4, 5]) make(number);
    expect((await newest.take())?.number).toBe(5);
    expect(newest.dropped).toBe(4);
  });

  it('lies in a buffer that is not filled again before the next is asked for', async () => {
    const { newest, make } = open();
    make(1);
    const first = await newest.take();
    const used = new Set([2, 3, 4, 5, 6, 7].map((number) => make(number)));
    expect(used.size).toBe(2);
    expect(first && used.has(first.data)).toBe(false);
    expect((await newest.take())?.number).toBe(7);
  });

  it('is dropped when it belongs to another connection', async () => {
    const { newest, make } = open();
    make(1);
    newest.discard();
    newest.discard();
    make(2);
    expect((await newest.take())?.number).toBe(2);
    expect(newest.dropped).toBe(1);
  });

  it('does not come any more once closed', async () => {
    const { newest, make } = open();
    const waiting = newest.take();
    newest.close();
    expect(await waiting).toBeNull();
    make(1);
    expect(await newest.take()).toBeNull();
  });

  it('waits for buffers too', async () => {
    const newest = new NewestFrame();
    expect(newest.spare()).toBeNull();
    const only = slot();
    newest.supply([only]);
    expect(newest.spare()).toBe(only);
    expect(newest.spare()).toBeNull();
    newest.giveBack(only);
    expect(newest.spare()).toBe(only);
  });
});
