/** `report.html`: one file for people, complete without scripts, that loads nothing from anywhere. */
import { createClock } from './clock.ts';
import { html, type Markup, trusted } from './markup.ts';
import type { ReportData } from './report-data.ts';
import { CONTENT_SECURITY_POLICY, SCRIPT } from './script.ts';
import { doubtsSection } from './sections/doubts.ts';
import { gatesSection } from './sections/gates.ts';
import { header, titleOf } from './sections/header.ts';
import { headlines, lede } from './sections/headlines.ts';
import { methodSection, privacySection } from './sections/method.ts';
import { peopleSection } from './sections/people.ts';
import { placesSection } from './sections/places.ts';
import { speedsSection } from './sections/speeds.ts';
import { windowsSection } from './sections/windows.ts';
import { STYLE } from './style.ts';

const FILES: readonly (readonly [string, string])[] = [
  ['summary.json', 'the figures of this page'],
  ['series.csv', 'every measured frame and zone'],
  ['gates.csv', 'every measured frame and gate'],
  ['measurements.csv, measurements.parquet', 'every window, with standard errors and health'],
];

const footer = (): Markup =>
  html`<footer><p>In the same folder: ${FILES.map(([file, words], i) => html`${i === 0 ? null : '; '}<b>${file}</b>, ${words}`)}.</p><p>Made by Starling, which sees the flock, never the bird.</p></footer>`;

const body = (data: ReportData): Markup => {
  const clock = createClock(data);
  return html`<main>${header(data, clock)}${lede(data)}${headlines(data)}${peopleSection(data, clock)}${placesSection(data)}${gatesSection(data)}${speedsSection(data)}${windowsSection(data, clock)}${doubtsSection(data)}${methodSection(data)}${privacySection()}</main>${footer()}`;
};

/** The whole page as text. Everything that comes from outside, names included, is escaped. */
export const renderReport = (data: ReportData): string =>
  html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(CONTENT_SECURITY_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${titleOf(data)}: crowd measurement report</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body(data)}
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
