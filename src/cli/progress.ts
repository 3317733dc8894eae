import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a long command is. */
export interface Progress {
  /** `done` frames of the range have been measured. */
  update(done: number): void;
  /** Takes the bar away, or says nothing, so that what follows stands on its own line. */
  stop(): void;
}

const SILENT: Progress = { update: () => {}, stop: () => {} };

/**
 * A progress bar on standard error: frames done, frames per second, time left. In a pipe there is none, so that logs
 * and other programs see only results.
 *
 * @param frames how many frames there are to do; null when nobody knows, and then only frames and rate are shown
 */
export const showProgress = (frames: number | null): Progress => {
  if (!process.stderr.isTTY) return SILENT;
  const format =
    frames === null
      ? ' measuring · frame {value} · {rate} frames/s'
      : ' measuring {bar} {percentage}% · frame {value} of {total} · {rate} frames/s · {eta_formatted} left';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, etaBuffer: 100, fps: 8 },
    Presets.shades_classic,
  );
  const started = performance.now();
  bar.start(frames ?? 0, 0, { rate: '–' });
  return {
    update(done) {
      const seconds = (performance.now() - started) / 1000;
      if (frames !== null && done > bar.getTotal()) bar.setTotal(done);
      bar.update(done, { rate: (done / seconds).toFixed(1) });
    },
    stop: () => bar.stop(),
  };
};
