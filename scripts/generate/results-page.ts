import { DATA_DICTIONARY } from '../../src/report/index.ts';

type Table = (typeof DATA_DICTIONARY)[number];

const row = ({ name, of, unit, meaning }: Table['columns'][number]): string =>
  `| \`${name}\` | ${of} | ${unit ?? ''} | ${meaning} |`;

const section = ({ file, rows, columns }: Table): string => `## \`${file}\`

One row ${rows}.

| column | rows | unit | meaning |
|---|---|---|---|
${columns.map(row).join('\n')}
`;

/** `docs/results.md`: every file that `measure` writes, and every column in it. */
export const resultsPage = (): string => `# What \`measure\` writes

| file | what it is for |
|---|---|
| \`report.html\` | for people: one page that loads nothing and holds no picture of anybody |
| \`summary.json\` | the whole recording in figures, for programs; \`--json\` prints the same |
| \`series.csv\`, \`gates.csv\` | frame by frame |
| \`measurements.csv\`, \`measurements.parquet\` | window by window (a minute, or \`--window\`), with standard errors and health |

All files appear together when the measurement is finished, or none does. Tables are UTF-8 with a header line; quotes as
in RFC 4180. **Empty means unknown.** Figures have at most six decimals. New columns may come after these; none is
renamed or moved. The Parquet file has the same rows and columns as its CSV: timestamps in UTC, figures as doubles.

${DATA_DICTIONARY.map(section).join('\n')}
This page is made from \`src/report/data-dictionary.ts\` by \`npm run generate\`.
`;
