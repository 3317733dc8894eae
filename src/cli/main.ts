/**
 * The command line: one file per command.
 */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import * as z from 'zod';
import { StarlingError } from '../contract/index.ts';
import { reportFailure } from './failure.ts';

/** Only the command that was typed is loaded: some bring decoders and models along. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  measure: async () => (await import('./measure.ts')).measureCommand(),
  run: async () => (await import('./run.ts')).runCommand(),
  confirm: async () => (await import('./confirm.ts')).confirmCommand(),
  discover: async () => (await import('./discover.ts')).discoverCommand(),
  store: async () => (await import('./store.ts')).storeCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  rehearse: async () => (await import('./rehearse.ts')).rehearseCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  validate: async () => (await import('./validate.ts')).validateCommand(),
  models: async () => (await import('./models.ts')).modelsCommand(),
  start: async () => (await import('./start.ts')).startCommand(),
};

const packageSchema = z.object({ version: z.string() });
const { version } = packageSchema.parse(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

const program = new Command('starling')
  .description(
    'People per m², flows, speeds and gate counts from the cameras a place already has. Never who anyone is.',
  )
  .version(version)
  .showSuggestionAfterError()
  .addHelpText('after', '\nExit codes and every error: docs/errors.md.');

const typed = process.argv[2];
const wanted = typed !== undefined && Object.hasOwn(COMMANDS, typed) ? [COMMANDS[typed]] : Object.values(COMMANDS);
for (const load of wanted) program.addCommand(await load());

/** Commander's own refusals become errors of the catalogue; its help and version pages are no errors. */
const silence = (command: Command): void => {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  command.commands.forEach(silence);
};
silence(program);

const asUsageError = (error: unknown): unknown => {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return null;
  const problem = error.code === 'commander.help' ? 'No command was given.' : error.message.replace(/^error: /, '');
  const command = program.commands.some((known) => known.name() === typed) ? `starling ${typed}` : 'starling';
  return new StarlingError('CLI_USAGE', { problem: problem.replaceAll('\n', ' '), command });
};

// Whoever reads the output may stop reading: `starling … | head` is no fault. A full disk behind it is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE')
    reportFailure(new StarlingError('OUTPUT_NOT_WRITABLE', { path: 'standard output', reason: error.message }));
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  const failure = asUsageError(error);
  if (failure !== null) reportFailure(failure);
}
