import { Command } from 'commander';
import { EXIT_CODES, SITE_DEFAULTS } from '../contract/index.ts';
import { backupStore, type Extent, type Inspection, inspectStore, openStore, type Survey } from '../store/index.ts';
import { OPTIONS } from './options.ts';
import { showPart } from './part-progress.ts';

interface StoreChoice {
  readonly data: string;
  readonly json?: boolean;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as people write it, with three digits: `12.4 MB`. */
const sizeText = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(value >= 999.5 ? 4 : 3)} ${UNITS[power]}`;
};

const timeText = (timeMs: number): string => new Date(timeMs).toISOString().replace('T', ' ').slice(0, 16);

const countText = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

const extentText = (name: string, { rows, fromMs, toMs }: Extent): string => {
  const period = fromMs === null || toMs === null ? '' : `   ${timeText(fromMs)} to ${timeText(toMs)} UTC`;
  return `  ${name.padEnd(14)}${rows.toLocaleString('en').padStart(13)}${period}`;
};

const surveyText = ({ path, bytes, freeBytes, cameras, zones, gates, ...extents }: Survey): string => {
  const free = freeBytes > bytes / 10 ? `, ${sizeText(freeBytes)} of it free` : '';
  return [
    `${path}   ${sizeText(bytes)}${free}`,
    `${countText(cameras, 'camera')}, ${countText(zones, 'zone')}, ${countText(gates, 'gate')}`,
    '',
    extentText('seconds', extents.seconds),
    extentText('minutes', extents.minutes),
    extentText('quarter-hours', extents.quarterHours),
    extentText('fields', extents.fields),
  ].join('\n');
};

const MEND =
  'Sums can be made anew with `starling store rebuild` where their parts are still kept. For a damaged file,\n' +
  'docs/store.md says how to put a backup in its place.';

const inspectionText = ({ survey, problems }: Inspection): string => {
  const found =
    problems.length === 0
      ? 'No problem was found.'
      : [`${countText(problems.length, 'problem')}:`, ...problems.map((problem) => `  - ${problem}`), '', MEND].join(
          '\n',
        );
  return survey ? `${surveyText(survey)}\n\n${found}` : found;
};

const print = (result: object, json: boolean | undefined, text: () => string): void => {
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text()}\n`);
};

const check = ({ data, json }: StoreChoice): void => {
  using progress = showPart();
  const inspection = inspectStore(data, progress.update);
  progress.stop();
  print(inspection, json, () => inspectionText(inspection));
  if (inspection.problems.length > 0) process.exitCode = EXIT_CODES.store;
};

/** Opens the ledger for itself alone; what is kept how long plays no part. */
const openAlone = (folder: string): ReturnType<typeof openStore> =>
  openStore({ folder, retention: SITE_DEFAULTS.privacy.retention, create: false });

const compact = async ({ data, json }: StoreChoice): Promise<void> => {
  await using store = await openAlone(data);
  const sizes = await store.compact();
  const { bytesBefore, bytesAfter } = sizes;
  print(sizes, json, () => `${sizeText(bytesBefore)} before, ${sizeText(bytesAfter)} now.`);
};

const rebuild = async ({ data, json }: StoreChoice): Promise<void> => {
  await using store = await openAlone(data);
  const { minutes, quarterHours } = await store.rebuild({ fromMs: 0, toMs: Date.now() });
  print(
    { minutes, quarterHours },
    json,
    () => `${countText(minutes, 'minute')} and ${countText(quarterHours, 'quarter-hour')} were made anew.`,
  );
};

const backup = async ({ data, to, json }: StoreChoice & { readonly to: string }): Promise<void> => {
  using progress = showPart();
  const copy = await backupStore(data, to, (share) => progress.update('Copying', share));
  progress.stop();
  print(copy, json, () => `${copy.path}   ${sizeText(copy.bytes)}, complete and checked.`);
};

/** `starling store`: looks after the ledger of a live site. */
export const storeCommand = (): Command => {
  const command = new Command('store').description('look after the ledger of a live site');
  const add = (name: string, description: string): Command =>
    command.command(name).description(description).addOption(OPTIONS.data()).addOption(OPTIONS.json());
  add('check', 'look for damage and wrong sums, also while the site runs').action(check);
  add('backup', 'write a checked copy, also while the site runs')
    .requiredOption('--to <file>', 'the copy; nothing may be there yet')
    .action(backup);
  add('compact', 'give room that is not needed back to the disk; the site must be stopped').action(compact);
  add('rebuild', 'make sums anew from the parts that are still kept; the site must be stopped').action(rebuild);
  return command;
};
