import { DATA_DICTIONARY } from '../../src/report/index.ts';

type Table = (typeof DATA_DICTIONARY)[number];

const row = ({ name, of, unit, meaning }: Table['columns'][number]): string =>
  `| \`${name}\` | ${of} | ${unit ?? ''} | ${meaning} |`;

const section = ({ file, from, rows, columns }: Table): string => `## \`${file}\`${from === null ? '' : ` of ${from}`}

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
| \`series.csv\`, \`gates.csv\` | frame by frame; \`series.csv\` has more columns for a trajectory file |
| \`measurements.csv\`, \`measurements.parquet\` | window by window (a minute, or \`--window\`), with standard errors and health |
| \`profiles.csv\` | the maps of density and speed, where something is known of the ground and the minimum count was reached |
| \`passing.csv\`, \`flow.csv\` | of a trajectory file: its gates, passage by passage and in windows of frames |

All files appear together when the measurement is finished, or none does; then those of these files that an earlier
result left in the folder, and this one does not have, are removed. Tables are UTF-8 with a header line; quotes as in
RFC 4180. **Empty means unknown.** Figures have six decimals, or six significant digits where they are smaller than
0.1, without trailing zeros. New columns may come after these; none is renamed or moved. The Parquet file has the same
rows and columns as its CSV: timestamps in UTC, figures as doubles.

${DATA_DICTIONARY.map(section).join('\n')}
This page is made from \`src/report/data-dictionary.ts\` by \`npm run generate\`.
`;
