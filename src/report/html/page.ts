/** `report.html`: one file for people, complete without scripts, that loads nothing from anywhere. */
import { createClock } from './clock.ts';
import { html, type Markup, trusted } from './markup.ts';
import type { ReportData, ReportKind } from './report-data.ts';
import { CONTENT_SECURITY_POLICY, SCRIPT } from './script.ts';
import { crowdingSection } from './sections/crowding.ts';
import { doubtsSection } from './sections/doubts.ts';
import { fundamentalSection } from './sections/fundamental.ts';
import { gatesSection } from './sections/gates.ts';
import { header, titleOf } from './sections/header.ts';
import { headlines, lede } from './sections/headlines.ts';
import { methodSection, privacySection } from './sections/method.ts';
import { peopleSection } from './sections/people.ts';
import { placesSection } from './sections/places.ts';
import { speedsSection } from './sections/speeds.ts';
import { windowsSection } from './sections/windows.ts';
import { STYLE } from './style.ts';

const EVERY_FILE: readonly (readonly [string, string])[] = [
  ['summary.json', 'the figures of this page'],
  ['series.csv', 'every measured frame and zone'],
  ['gates.csv', 'every measured frame and gate'],
  ['measurements.csv, measurements.parquet', 'every window, with standard errors and health'],
];

const MORE_FILES: Readonly<Record<ReportKind, readonly (readonly [string, string])[]>> = {
  camera: [],
  trajectories: [
    ['passing.csv', 'every passage of a gate'],
    ['flow.csv', 'the flow of each gate in windows of frames'],
  ],
};

const footer = ({ kind, grid }: ReportData): Markup => {
  const profiles: readonly (readonly [string, string])[] = grid ? [['profiles.csv', 'the maps']] : [];
  const files = [...EVERY_FILE, ...profiles, ...MORE_FILES[kind]];
  return html`<footer><p>In the same folder: ${files.map(([file, words], i) => html`${i === 0 ? null : '; '}<b>${file}</b>, ${words}`)}.</p><p>Made by Starling, which sees the flock, never the bird.</p></footer>`;
};

const body = (data: ReportData): Markup => {
  const clock = createClock(data);
  return html`<main>${header(data, clock)}${lede(data)}${headlines(data)}${peopleSection(data, clock)}${placesSection(data)}${crowdingSection(data, clock)}${fundamentalSection(data)}${gatesSection(data, clock)}${speedsSection(data)}${windowsSection(data, clock)}${doubtsSection(data)}${methodSection(data)}${privacySection(data)}</main>${footer(data)}`;
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
