/** The side of a thread: answers questions one after the other, in the order in which they come. */
import type { MessagePort } from 'node:worker_threads';
import { toFailure } from './failure.ts';
import type { Handlers, Message, Operations, Question } from './protocol.ts';

/** Typed arrays in an answer change hands instead of being copied. */
const buffersOf = (value: unknown): ArrayBuffer[] => {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const buffers = new Set<ArrayBuffer>();
  for (const row of rows)
    if (typeof row === 'object' && row !== null)
      for (const cell of Object.values(row))
        if (ArrayBuffer.isView(cell) && cell.buffer instanceof ArrayBuffer) buffers.add(cell.buffer);
  return [...buffers];
};

const answer = async <Table extends Operations, Name extends keyof Table>(
  port: MessagePort,
  handlers: Handlers<Table>,
  { name, input }: { readonly name: Name; readonly input: Table[Name]['in'] },
): Promise<void> => {
  try {
    const value = await handlers[name](input);
    port.postMessage({ value } satisfies Message<Table[Name]['out']>, buffersOf(value));
  } catch (error) {
    port.postMessage({ failure: toFailure(error) } satisfies Message<never>);
  }
};

/**
 * Answers until it is asked to finish; then `close` is called, and the thread ends.
 *
 * @param close called once, after the last answer
 */
export const answerQuestions = <Table extends Operations>(
  port: MessagePort,
  handlers: Handlers<Table>,
  close: () => void,
): void => {
  let last = Promise.resolve();
  const finish = (): void => {
    close();
    port.close();
  };
  port.on('message', (question: Question<Table>) => {
    last = last.then(() => (question === null ? finish() : answer(port, handlers, question)));
  });
};
