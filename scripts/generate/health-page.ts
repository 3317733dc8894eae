import { CAMERA_REASONS } from '../../src/contract/index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\{(\w+)\}/g, '*$1*');

type Entry = readonly [string, { readonly state: string; readonly what: string; readonly mend: string }];

const row = ([code, { state, what, mend }]: Entry): string =>
  `| \`${code}\` | ${state} | ${cell(what)} | ${cell(mend)} |`;

/** `docs/health.md`: every reason for doubt about a camera. */
export const healthPage = (): string => `# Health of a camera

Every second, a live site says of each camera how it is, and why. The worst reason gives the state. Words in *italics*
are filled in. This page is made from \`src/contract/camera-health.ts\` by \`npm run generate\`.

| state | what it means for the figures |
|---|---|
| \`ok\` | measured |
| \`degraded\` | measured, with the stated doubts |
| \`connecting\` | nothing is known yet, and nothing is counted |
| \`unknown\` | nothing is known, and nothing is counted: an empty cell, never a 0 |

Where the table says that metres are suspended, people are still counted on the picture, and nothing is told in metres
until the camera is as it was, or the new view is confirmed with \`starling confirm\`.

| reason | state | what happened | what to do |
|---|---|---|---|
${Object.entries(CAMERA_REASONS).map(row).join('\n')}
`;
