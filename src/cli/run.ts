/**
 * `starling run`: a live site. A hub, and one sensor process a core.
 */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { StarlingError } from '../contract/index.ts';
import { reportFailure } from './failure.ts';
import { listenForInterruption } from './interruption.ts';
import { createBoard } from './live/board.ts';
import { prepare } from './live/prepare.ts';
import { OPTIONS, wholeBetween } from './options.ts';
import { readSecrets } from './secrets.ts';
import { addWebOptions, type WebChoice, webOptions } from './web-options.ts';
import { readSiteFile } from '../site/index.ts';

interface RunOptions extends WebChoice {
  readonly data: string;
  readonly sensors?: number;
  readonly secrets?: string;
  readonly model?: string;
  readonly truth?: string;
}

const MOST_SENSORS = 256;

const checkModel = async (path: string): Promise<void> => {
  await access(path).catch((cause: unknown) => {
    throw new StarlingError('DETECT_MODEL_NOT_FOUND', { path }, { cause });
  });
};

/** A disk that hangs must not hold up the end for longer than this, ms. */
const LONGEST_STOP_MS = 4900;

const endInTime = (stop: AbortSignal): void => {
  stop.addEventListener('abort', () => {
    setTimeout(() => {
      reportFailure(
        new StarlingError('STORE_NOT_WRITABLE', { path: 'of this site', reason: 'the disk does not answer' }),
      );
      process.exit();
    }, LONGEST_STOP_MS).unref();
  });
};

const run = async (path: string, options: RunOptions): Promise<void> => {
  const secrets = await readSecrets(options.secrets ?? null);
  const watched = await prepare(await readSiteFile(path), path, secrets);
  if (options.model !== undefined) await checkModel(options.model);
  // Nothing is cleaned up for somebody who insists: what was stored is stored, and the rest lies in the spools.
  using interruption = listenForInterruption(async () => {});
  endInTime(interruption.signal);
  const { runHub } = await import('./live/hub.ts');
  await runHub(
    {
      sitePath: path,
      watched,
      secrets,
      dataFolder: resolve(options.data),
      ...(await webOptions(options, secrets)),
      board: createBoard(process.stdout),
      ...(options.sensors !== undefined && { sensors: options.sensors }),
      ...(options.model !== undefined && { model: resolve(options.model) }),
      ...(options.truth !== undefined && { truthFolder: resolve(options.truth) }),
    },
    interruption.signal,
  );
};

/** `starling run SITE.yaml`. */
export const runCommand = (): Command =>
  addWebOptions(new Command('run'))
    .description('watch the cameras of a site for as long as it runs, and keep the figures')
    .argument('<site>', 'site file, whose cameras have a source')
    .addOption(OPTIONS.data())
    .option('--sensors <n>', 'sensor processes; one a core unless given', wholeBetween(1, MOST_SENSORS))
    .option('--secrets <file>', 'NAME=value lines for the ${NAME} of sources')
    .addOption(OPTIONS.model())
    .option('--truth <folder>', 'where simulated cameras write what they really did')
    .addHelpText(
      'after',
      `
Figures are kept in the data folder: ledger.sqlite, and spool/ with what is not in it yet. Ctrl-C ends it within five
seconds, and nothing is lost.

Examples
  starling run samples/crowd.site.yaml
  starling run market.site.yaml --data /var/lib/starling --secrets market.secrets`,
    )
    .action(run);
