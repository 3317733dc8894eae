import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { eachLine } from './lines.ts';
import { createRedactor } from './redact.ts';

describe('what a sensor wrote is shown without credentials', () => {
  const redact = createRedactor(['hunter2', 'p@ss/w:rd', 'abc']);
  it.each([
    ['in a URL', 'rtsp://admin:hunter2@10.0.0.7:554/stream2 failed', 'rtsp://***@10.0.0.7:554/stream2 failed'],
    ['unknown ones in a URL', "'rtsps://u:q@cam/1': timed out", "'rtsps://***@cam/1': timed out"],
    ['with a slash in it', 'http://u:a/b@cam/1', 'http://***@cam/1'],
    ['with an at sign in it', 'http://u:a@b@cam/1', 'http://***@cam/1'],
    ['a user without a password', 'rtsp://token@cam/1', 'rtsp://***@cam/1'],
    ['a known secret anywhere', 'password "hunter2" refused', 'password "***" refused'],
    ['a known secret as URLs write it', 'x p%40ss%2Fw%3Ard y', 'x *** y'],
    ['in a query', 'http://cam/v?user=me&password=q1&x=1', 'http://cam/v?user=***&password=***&x=1'],
    ['in a header', 'Authorization: Basic YTpi', 'Authorization: ***'],
    ['but nothing else', 'frame 7 at 10.0.0.7, a@b.example, abc', 'frame 7 at 10.0.0.7, a@b.example, abc'],
    ['nor a URL without any', 'rtsp://cam:554/stream2', 'rtsp://cam:554/stream2'],
  ])('%s', (_, line, shown) => expect(redact(line)).toBe(shown));
});

const linesOf = async (...pieces: string[]): Promise<string[]> => {
  const stream = new PassThrough();
  const lines: string[] = [];
  eachLine(stream, (line) => lines.push(line));
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await finished(stream);
  return lines;
};

describe('lines of a stream', () => {
  it.each([
    ['in pieces', ['on', 'e\ntw', 'o\n', 'three'], ['one', 'two', 'three']],
    ['with carriage returns and colours', ['\u001b[31mred\u001b[0m\r\n'], ['[31mred [0m']],
    ['empty ones', ['\n\n  \n'], []],
    ['one that never ends', ['x'.repeat(5000), 'y'.repeat(5000), '\nshort\n'], ['x'.repeat(2000), 'short']],
  ])('%s', async (_, pieces, lines) => {
    expect((await linesOf(...pieces)).map((line) => line.trim())).toEqual(lines);
  });
});
