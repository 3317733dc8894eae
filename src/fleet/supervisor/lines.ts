import type { Readable } from 'node:stream';

/** A longer line is cut. */
const MOST_LETTERS = 2000;

/** Calls `onLine` for each line that the stream brings; control characters are left out. */
export const eachLine = (stream: Readable, onLine: (line: string) => void): void => {
  let rest = '';
  const tell = (line: string): void => {
    const clean = line.replaceAll(/\p{Cc}/gu, ' ').trimEnd();
    if (clean !== '') onLine(clean.slice(0, MOST_LETTERS));
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    // One that never ends is not kept whole: what is cut off is not shown anyway.
    rest = (lines.pop() ?? '').slice(0, 2 * MOST_LETTERS);
    for (const line of lines) tell(line);
  });
  stream.on('end', () => {
    tell(rest);
    rest = '';
  });
  stream.on('error', () => {});
};
