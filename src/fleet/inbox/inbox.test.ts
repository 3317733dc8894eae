import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../contract/index.ts';
import { makeObservation } from '../observation.fixture.ts';
import type { Acknowledgement, ObservationMessage } from '../protocol/messages.ts';
import { Inbox, type InboxOptions } from './inbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = (camera: string, sequence: number, body?: string): ObservationMessage => ({
  kind: 'observation',
  camera,
  sequence,
  body: body ?? JSON.stringify(makeObservation(camera, sequence)),
});

const nameOf = ({ camera, sequence }: Observation): string => `${camera} ${sequence}`;

/** An inbox, and what came out of it. */
const setUp = (options: Partial<InboxOptions> = {}) => {
  const batches: string[][] = [];
  const answers: Acknowledgement[] = [];
  const problems: string[] = [];
  const live: string[] = [];
  const inbox = new Inbox(new Map([['gate', 10]]), {
    take: (observations) => {
      batches.push(observations.map(nameOf));
      return Promise.resolve();
    },
    onLive: (observation) => live.push(nameOf(observation)),
    ...options,
  });
  const sender = {
    cameras: ['gate', 'door'],
    acknowledge: (answer: Acknowledgement) => answers.push(answer),
    refused: (problem: string) => problems.push(problem),
  };
  const receive = (...messages: ObservationMessage[]): void => {
    for (const one of messages) inbox.receive(sender, one);
  };
  return { inbox, batches, answers, problems, live, receive };
};

describe('the hub’s inbox', () => {
  it('hands on what came in the meantime as one batch, and acknowledges it by camera', async () => {
    const { batches, answers, receive } = setUp();
    receive(message('gate', 11), message('door', 1), message('gate', 12), message('gate', 12));
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(250);
    expect(batches).toEqual([['gate 11', 'door 1', 'gate 12']]);
    expect(answers).toEqual([
      { kind: 'acknowledge', camera: 'gate', stored: [11, 12], refused: [] },
      { kind: 'acknowledge', camera: 'door', stored: [1], refused: [] },
    ]);
  });

  it('never hands on two batches at a time', async () => {
    let running = 0;
    let most = 0;
    const { receive, answers } = setUp({
      take: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => {
          setTimeout(resolve, 1000);
        });
        running--;
      },
    });
    for (let sequence = 11; sequence < 31; sequence++) {
      receive(message('gate', sequence));
      await vi.advanceTimersByTimeAsync(200);
    }
    await vi.advanceTimersByTimeAsync(3000);
    expect(most).toBe(1);
    expect(answers.flatMap(({ stored }) => stored).length).toBe(20);
  });

  it.each([
    { what: 'no JSON', bad: message('gate', 11, '{'), reason: /no JSON/ },
    { what: 'no observation', bad: message('gate', 11, '{}'), reason: /version/ },
    {
      what: 'a track in it',
      bad: message('gate', 11, JSON.stringify({ ...makeObservation('gate', 11), track: 1 })),
      reason: /./,
    },
    {
      what: 'another number',
      bad: message('gate', 11, JSON.stringify(makeObservation('gate', 12))),
      reason: /another/,
    },
    {
      what: 'another camera',
      bad: message('gate', 11, JSON.stringify(makeObservation('door', 11))),
      reason: /another/,
    },
    { what: 'a camera of another sensor', bad: message('roof', 11), reason: /not one of this sensor/ },
  ])('refuses $what, says why, and goes on', async ({ bad, reason }) => {
    const { batches, answers, problems, receive, live } = setUp();
    receive(bad, message('gate', 13));
    await vi.advanceTimersByTimeAsync(250);
    expect(batches).toEqual([['gate 13']]);
    expect(live).toEqual(['gate 13']);
    expect(answers[0]).toMatchObject({
      stored: [],
      refused: [{ sequence: 11, reason: expect.stringMatching(reason) }],
    });
    expect(problems).toEqual([expect.stringMatching(reason)]);
  });

  it('acknowledges nothing that was not taken, waits longer and longer, and takes it when it comes again', async () => {
    let isFull = true;
    const tries: number[] = [];
    const { answers, receive } = setUp({
      take: () => {
        tries.push(performance.now());
        return isFull ? Promise.reject(new Error('full')) : Promise.resolve();
      },
    });
    for (let s = 0; s < 60; s++) {
      receive(message('gate', 11 + s));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(answers).toEqual([]);
    expect(tries.length).toBeLessThan(20);
    isFull = false;
    receive(message('gate', 11));
    await vi.advanceTimersByTimeAsync(6000);
    expect(answers.flatMap(({ stored }) => stored)).toContain(11);
  });

  it('leaves what does not fit unanswered', async () => {
    const { answers, receive } = setUp({ mostQueued: 2 });
    receive(message('gate', 11), message('gate', 12), message('gate', 13));
    await vi.advanceTimersByTimeAsync(250);
    expect(answers.flatMap(({ stored }) => stored)).toEqual([11, 12]);
  });

  it('tells the newest of each camera at once, and what is old not at all', () => {
    const { live, receive, inbox } = setUp();
    receive(message('gate', 12), message('gate', 11), message('gate', 12), message('gate', 10), message('door', 1));
    expect(live).toEqual(['gate 12', 'door 1']);
    expect([inbox.latest('gate'), inbox.latest('door'), inbox.latest('roof')]).toEqual([12, 1, 0]);
  });

  it('hands on everything when flushed, and gives up when it is not taken', async () => {
    const { inbox, batches, receive } = setUp();
    receive(...Array.from({ length: 2500 }, (_, i) => message('gate', 11 + i)));
    await inbox.flush();
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    const failing = setUp({ take: () => Promise.reject(new Error('full')) });
    failing.receive(message('gate', 11));
    await failing.inbox.flush();
    expect(failing.answers).toEqual([]);
  });
});
