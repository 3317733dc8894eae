import { Presets, SingleBar } from 'cli-progress';

/** Shows which part of a long command is being done, and how much of it is. */
export interface PartProgress extends Disposable {
  /** @param share how much of the part is done, 0 to 1 */
  readonly update: (part: string, share: number) => void;
  /** Takes the bar away, so that what follows stands on its own line. */
  readonly stop: () => void;
}

const SILENT: PartProgress = { update: () => {}, stop: () => {}, [Symbol.dispose]: () => {} };

/** A progress bar on standard error; in a pipe there is none. */
export const showPart = (): PartProgress => {
  if (!process.stderr.isTTY) return SILENT;
  const format = ' {bar} {percentage}% · {part}';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, fps: 8 },
    Presets.shades_classic,
  );
  bar.start(1, 0, { part: '' });
  const stop = (): void => bar.stop();
  return { update: (part, share) => bar.update(share, { part }), stop, [Symbol.dispose]: stop };
};
