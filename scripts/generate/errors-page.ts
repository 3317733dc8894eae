import { ERROR_CATALOGUE, EXIT_CODES } from '../../src/contract/index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\{(\w+)\}/g, '*$1*');

const row = ([code, { exit, what, mend }]: [string, { exit: keyof typeof EXIT_CODES; what: string; mend: string }]) =>
  `| \`${code}\` | ${cell(what)} | ${cell(mend)} | ${EXIT_CODES[exit]} |`;

/** `docs/errors.md`: every code, what it says, how to mend it, and the exit code of the command. */
export const errorsPage = (): string => `# Errors

Every error that Starling reports, on standard error, with its code. Words in *italics* are filled in. This page is
made from \`src/contract/error-catalogue.ts\` by \`npm run generate\`.

| code | what happened | how to mend it | exit code |
|---|---|---|---|
${Object.entries(ERROR_CATALOGUE).map(row).join('\n')}

## Exit codes

| exit code | meaning |
|---|---|
| 0 | done |
${Object.entries(EXIT_CODES)
  .map(([name, code]) => `| ${code} | ${name} |`)
  .join('\n')}
`;
