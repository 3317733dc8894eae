/**
 * What the API takes: requests a second of what is live and of history, and live streams to many at once.
 *
 *   npm run bench -- api [--cameras 100] [--days 30] [--seconds 10] [--clients 500]
 *
 * The server is a process of its own, on this machine, as whoever asks is: both need their share of the processor, and
 * both are told. It takes four minutes. A year of 100 cameras needs 31 GB below the folder for temporary files
 * (`TMPDIR` names another), and a quarter of an hour more.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillLedger } from './api-history.ts';
import { ApiHub } from './api-hub.ts';
import { benchLive } from './api-live.ts';
import { benchRequests } from './api-requests.ts';
import { print } from './figures.ts';
import { inTemporaryFolder } from './temporary.ts';

interface Asked {
  readonly cameras: number;
  readonly days: number;
  readonly seconds: number;
  readonly clients: number;
}

const bench =
  ({ cameras, days, seconds, clients }: Asked) =>
  async (folder: string): Promise<void> => {
    const size = { cameras, days };
    const path = join(folder, 'ledger.sqlite');
    const startedMs = performance.now();
    await fillLedger(size, path);
    const filledS = (performance.now() - startedMs) / 1000;
    print({ bench: 'api-ledger', ...size, bytes: statSync(path).size, filledS });
    await using hub = await ApiHub.start(folder, size);
    await benchRequests(size, seconds, hub);
    await benchLive(size, clients, hub);
  };

/** `npm run bench -- api`. */
export const runApiBench = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cameras: { type: 'string', default: '100' },
      days: { type: 'string', default: '30' },
      seconds: { type: 'string', default: '10' },
      clients: { type: 'string', default: '500' },
    },
  });
  const [cameras, days, seconds, clients] = [values.cameras, values.days, values.seconds, values.clients].map(Number);
  await inTemporaryFolder(bench({ cameras, days, seconds, clients }));
};
