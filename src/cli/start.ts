import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describeFindings } from './findings.ts';
import { INTERRUPTED_EXIT_CODE } from './failure.ts';
import { measure } from './measure.ts';
import { OPTIONS } from './options.ts';

const sample = (name: string): string => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));

const run = async ({ out }: { out: string }): Promise<void> => {
  process.stdout.write('Measuring the bundled sample: one minute of a plaza, staged with volunteers.\n\n');
  const summary = await measure(sample('plaza.mp4'), { site: sample('plaza.site.yaml'), out, window: 60 });
  if (!summary?.complete) process.exitCode = INTERRUPTED_EXIT_CODE;
  if (!summary) return;
  process.stdout.write(`${describeFindings(summary)}

Report: ${join(out, 'report.html')}
Your own recording: npm run starling -- measure VIDEO
`);
};

/** `starling start`: the main job, on the bundled sample. */
export const startCommand = (): Command =>
  new Command('start')
    .description('measure the bundled sample and say where the report is')
    .addOption(OPTIONS.out())
    .action(run);
