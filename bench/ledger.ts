/**
 * What the ledger takes to write and to ask.
 *
 *   npm run bench -- ledger [--cameras 100] [--days 365] [--seconds 900]
 *
 * Without `--days` it is a month, in about two minutes. A year of 100 cameras needs 30 GB below the folder for temporary
 * files (`TMPDIR` names another) and about half an hour, most of it to write the year.
 */
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { benchQueries } from './ledger-queries.ts';
import { benchWrites } from './ledger-writes.ts';
import { inTemporaryFolder } from './temporary.ts';

/** A minute of a camera with one zone and one gate, quarter-hours included, with a margin. */
const BYTES_A_MINUTE = 700;
const MINUTES_A_DAY = 1440;
/** A site of this many cameras is written, too. */
const FEW_CAMERAS = 8;

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Says what is needed, and whether it is there. */
const hasRoom = (cameras: number, days: number): boolean => {
  const folder = tmpdir();
  const needed = cameras * days * MINUTES_A_DAY * BYTES_A_MINUTE;
  const { bavail, bsize } = statfsSync(folder);
  const [needs, has] = [needed, bavail * bsize].map(gigabytes);
  process.stderr.write(`ledger: ${days} days of ${cameras} cameras need ${needs}; ${folder} has ${has}\n`);
  return needed < bavail * bsize;
};

/** `npm run bench -- ledger`. */
export const runLedgerBench = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cameras: { type: 'string', default: '100' },
      days: { type: 'string', default: '30' },
      seconds: { type: 'string', default: '900' },
    },
  });
  const [cameras, days, seconds] = [values.cameras, values.days, values.seconds].map(Number);
  for (const count of new Set([FEW_CAMERAS, cameras])) await benchWrites(count, seconds);
  if (hasRoom(cameras, days)) await inTemporaryFolder((folder) => benchQueries({ cameras, days }, folder));
  else {
    process.stderr.write('ledger: that is too little. Ask for fewer --days, or set TMPDIR to a larger disk.\n');
    process.exitCode = 1;
  }
};
