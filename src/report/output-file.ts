import type { FileHandle } from 'node:fs/promises';

/** A file being written. Await each write: that is how a slow disk holds back whoever fills it. */
export interface OutputFile {
  /** Appends text or bytes; the bytes are no longer read once the promise is fulfilled. */
  write(data: string | Uint8Array): Promise<void>;
}

/** The side of a file that its folder holds. */
export interface ClosableFile extends OutputFile {
  /** Writes what is still buffered, puts it on the disk and closes the file. */
  finish(): Promise<void>;
  /** Closes the file without caring for its contents. */
  discard(): Promise<void>;
}

const BUFFER_CHARS = 1 << 16;
const DONE = Promise.resolve();

/**
 * A buffered, ordered writer on an open file: short texts gather to 64 Ki characters before the disk sees them, and
 * writes take place one after the other even when they are not awaited. Nothing more is written after a failure.
 */
export const createOutputFile = (handle: FileHandle): ClosableFile => {
  let text = '';
  let tail: Promise<void> = DONE;

  const enqueue = (data: string | Uint8Array): Promise<void> => {
    tail = tail.then(() => handle.writeFile(data));
    return tail;
  };
  const flush = (): Promise<void> => {
    if (text === '') return tail;
    const chunk = text;
    text = '';
    return enqueue(chunk);
  };

  return {
    write(data) {
      if (typeof data !== 'string') {
        void flush().catch(() => {});
        return enqueue(data);
      }
      text += data;
      return text.length < BUFFER_CHARS ? DONE : flush();
    },
    async finish() {
      await flush();
      await handle.sync();
      await handle.close();
    },
    async discard() {
      text = '';
      await tail.catch(() => {});
      await handle.close().catch(() => {});
    },
  };
};
