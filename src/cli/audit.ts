/**
 * `starling audit`: looks after the audit log of a live site.
 */
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT_CODES, StarlingError } from '../contract/index.ts';
import { type AuditCheck, type ChainLink, verifyAudit } from '../serve/index.ts';
import { OPTIONS } from './options.ts';

interface AuditChoice {
  readonly data: string;
  readonly noted?: ChainLink;
  readonly json?: boolean;
}

const LINK = /^(\d{1,15}):([0-9a-f]{64})$/;

const chainLink = (text: string): ChainLink => {
  const [, sequence, hash] = LINK.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new InvalidArgumentError('Write it as it was printed, such as 1207:5f3c… with all 64 letters.');
  return { sequence: Number(sequence), hash };
};

const lostText = (lost: number): string =>
  lost === 0 ? '' : `\nThe log itself says that ${lost.toLocaleString('en')} entries could not be written.`;

const checkText = ({ entries, head, lost }: AuditCheck): string =>
  `${entries.toLocaleString('en')} ${entries === 1 ? 'entry' : 'entries'}, whole; head ${head.sequence}:${head.hash}${lostText(lost)}`;

const verify = ({ data, noted, json }: AuditChoice): void => {
  const found = verifyAudit(join(data, 'audit.sqlite'), noted ?? null);
  const { path, problem } = found;
  if (problem !== null && !json) throw new StarlingError('AUDIT_BROKEN', { path, problem });
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : checkText(found)}\n`);
  if (problem !== null) process.exitCode = EXIT_CODES.store;
};

/** `starling audit verify`. */
export const auditCommand = (): Command => {
  const command = new Command('audit').description('look after the audit log of a live site');
  command
    .command('verify')
    .description('look whether an entry was altered, removed or put in, also while the site runs')
    .addOption(OPTIONS.data())
    .option('--noted <head>', 'a head that was printed earlier and noted elsewhere', chainLink)
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      `
Every entry holds the hash of the one before it, so whatever is done to one shows. Whoever has all rights on the
machine can compute every hash anew; note the head that is printed somewhere else now and then, and give it later with
--noted: then that shows too.

Example
  starling audit verify --data /var/lib/starling`,
    )
    .action(verify);
  return command;
};
