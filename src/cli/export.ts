/**
 * `starling export`: zones or gates over time as a file, the same as the API gives.
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Argument, Command } from 'commander';
import { SITE_DEFAULTS, StarlingError } from '../contract/index.ts';
import { exportRoutes, NOBODY } from '../serve/index.ts';
import { loadSite } from '../site/index.ts';
import { openStore } from '../store/index.ts';
import { OPTIONS } from './options.ts';

interface ExportChoice {
  readonly data: string;
  readonly site: string;
  readonly from?: number;
  readonly to?: number;
  readonly step: string;
  readonly format: string;
  readonly time: string;
  readonly place?: string;
  readonly out?: string;
}

const DAY_MS = 86_400_000;
const iso = (timeMs: number): string => new Date(timeMs).toISOString();

const write = async (stream: NodeJS.ReadableStream, path: string | undefined): Promise<void> => {
  try {
    // What is there already is not written over.
    await pipeline(stream, path === undefined ? process.stdout : createWriteStream(path, { flags: 'wx' }));
  } catch (cause) {
    if (cause instanceof StarlingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StarlingError('OUTPUT_NOT_WRITABLE', { path: path ?? 'standard output', reason }, { cause });
  }
};

const run = async (kind: string, choice: ExportChoice): Promise<void> => {
  const { data, from, to = Date.now(), step, format, time, place, out } = choice;
  const site = await loadSite(choice.site);
  await using store = await openStore({ folder: data, retention: SITE_DEFAULTS.privacy.retention, create: false });
  const routes = exportRoutes({ store, site: { get: () => ({ site }) } });
  const route = routes.find(({ path }) => path === `/api/export/${kind}.${format}`);
  if (!route) throw new StarlingError('CLI_INTERNAL', { problem: `there is no export of ${kind} as ${format}` });
  const query = {
    from: iso(from ?? to - DAY_MS),
    to: iso(to),
    step,
    time,
    ...(place && { [kind.slice(0, -1)]: place }),
  };
  const signal = new AbortController().signal;
  const answer = await route.handle({ caller: NOBODY, params: {}, query, body: {}, address: '', headers: {}, signal });
  if (answer.kind === 'stream') await write(answer.stream, out);
};

/** `starling export zones|gates`. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('write zones or gates over time as CSV or Parquet')
    .addArgument(new Argument('<kind>', 'of what').choices(['zones', 'gates']))
    .requiredOption('--site <file>', 'site file, for its name and time zone')
    .addOption(OPTIONS.data())
    .addOption(OPTIONS.from())
    .addOption(OPTIONS.to())
    .option('--step <step>', 'second, minute, quarterHour, hour, day, week or month', 'minute')
    .option('--format <format>', 'csv or parquet', 'csv')
    .option('--time <clock>', "utc, or site for the site's own time", 'utc')
    .option('--place <name>', 'one zone or gate')
    .option('--out <file>', 'where to; standard output unless given')
    .addHelpText(
      'after',
      `
The last day unless told otherwise. The site must be stopped; while it runs, ask its API: /api/export/zones.csv.

Example
  starling export zones --site market.site.yaml --step hour --out zones.csv`,
    )
    .action(run);
