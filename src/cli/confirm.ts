/**
 * `starling confirm`: what a camera sees now is right. Metres come back, and the view is learnt anew.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { StarlingError } from '../contract/index.ts';
import { forgetReference } from './live/reference-view.ts';
import { OPTIONS } from './options.ts';
import { loadSite } from '../site/index.ts';

interface ConfirmOptions {
  readonly camera: string;
  readonly data: string;
}

const run = async (path: string, { camera, data }: ConfirmOptions): Promise<void> => {
  const site = await loadSite(path);
  const ids = site.cameras.map(({ id }) => id);
  if (!ids.includes(camera)) throw new StarlingError('SITE_NO_SUCH_CAMERA', { path, camera, ids: ids.join(', ') });
  await access(join(data, 'ledger.sqlite')).catch((cause: unknown) => {
    throw new StarlingError('STORE_NOT_FOUND', { path: data }, { cause });
  });
  const had = await forgetReference(join(data, 'views'), camera);
  process.stdout.write(
    had
      ? `What ${camera} sees now is taken for right. A running site notices within seconds.\n`
      : `${camera} has no reference view yet: what it sees first is taken for right.\n`,
  );
};

/** `starling confirm SITE --camera ID`. */
export const confirmCommand = (): Command =>
  new Command('confirm')
    .description('take what a camera sees now for right, after it was moved or its resolution changed on purpose')
    .argument('<site>', 'site file')
    .requiredOption('--camera <id>', 'which camera')
    .addOption(OPTIONS.data())
    .addHelpText(
      'after',
      `
The calibration in the site file must hold for the new view. A new calibration is for a new view by itself, and needs
no confirmation.

Example
  starling confirm market.site.yaml --camera square-north --data /var/lib/starling`,
    )
    .action(run);
