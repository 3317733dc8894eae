import { describe, expect, it } from 'vitest';
import { decodeToHub, decodeToSensor, encode, MOST_MESSAGE_LENGTH, type ToHub, type ToSensor } from './messages.ts';

describe('messages', () => {
  it.each<ToHub>([
    { kind: 'alive' },
    { kind: 'ready' },
    { kind: 'observation', camera: 'gate', sequence: 7, body: '{"a":"\\n\u2028"}' },
    { kind: 'bye', waiting: 0 },
  ])('to the hub: $kind', (message) => expect(decodeToHub(encode(message))).toEqual({ message }));

  it.each<ToSensor>([
    { kind: 'assign', latest: { gate: 0, door: 1_790_000_000_000 }, spoolFolder: '/data', work: { any: ['thing'] } },
    { kind: 'acknowledge', camera: 'gate', stored: [1, 2], refused: [{ sequence: 3, reason: 'no' }] },
    { kind: 'stop', withinMs: 3000.5 },
  ])('to a sensor: $kind', (message) => expect(decodeToSensor(encode(message))).toEqual({ message }));

  it.each([
    { what: 'no JSON', text: '{"kind":', problem: /no JSON/ },
    { what: 'no object', text: '7', problem: /it/ },
    { what: 'nothing', text: '', problem: /no JSON/ },
    { what: 'an unknown kind', text: '{"kind":"backdrop"}', problem: /kind/ },
    { what: 'the other direction', text: '{"kind":"stop","withinMs":1}', problem: /kind/ },
    {
      what: 'a number that is none',
      text: '{"kind":"observation","camera":"a","sequence":0,"body":""}',
      problem: /sequence/,
    },
    {
      what: 'one too large to count',
      text: '{"kind":"observation","camera":"a","sequence":1e300,"body":""}',
      problem: /seq/,
    },
    { what: 'a field more', text: '{"kind":"alive","track":12}', problem: /./ },
    { what: 'too much', text: `"${'x'.repeat(MOST_MESSAGE_LENGTH)}"`, problem: /too long/ },
  ])('are refused: $what', ({ text, problem }) => {
    expect(decodeToHub(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('say what is wrong without repeating what they held', () => {
    const text = JSON.stringify({ kind: 'observation', camera: 'rtsp://me:secret@host', sequence: 'secret', body: 1 });
    expect(JSON.stringify(decodeToHub(text))).not.toContain('secret');
  });
});
