/** The building blocks of the page. */
import type { Estimate, Summary, ZoneSummary } from '../../contract/index.ts';
import { formatCountEstimate, formatEstimate, listOf, NBSP } from '../format.ts';
import { html, type Markup, type Piece } from './markup.ts';
import type { ReportData } from './report-data.ts';
import type { Subject } from './subject.ts';

/** A part of the page: its heading and what it is about on one side, its contents on the other. */
export const section = (id: string, title: string, about: Piece, contents: Piece): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-h"><div class="about"><h2 id="${id}-h">${title}</h2>${about}</div><div class="contents">${contents}</div></section>
`;

/** What stands where a figure is not known: never a zero, never a blank. */
export const unknown = (why: string | null = null): Markup =>
  html`<span class="unknown">not known</span>${why === null ? null : html` <span class="why">${why}</span>`}`;

/** A figure with its unit, or that it is not known. */
export const figure = (
  value: number | null | undefined,
  standardError: number | null | undefined,
  unit = '',
): Markup =>
  value === null || value === undefined || Number.isNaN(value)
    ? unknown()
    : html`${formatEstimate(value, standardError)}${unit === '' ? null : `${NBSP}${unit}`}`;

/** An estimate, or that it is not known. */
export const estimate = ({ value, standardError }: Estimate): Markup => figure(value, standardError);

/** A count with its standard error, or that it is not known. */
export const countEstimate = ({ value, standardError }: Estimate): Markup =>
  value === null || standardError === null
    ? figure(value, standardError)
    : html`${formatCountEstimate(value, standardError)}`;

/** A name that may be written in any direction. */
export const named = (name: string): Markup => html`<bdi>${name}</bdi>`;

/** Names as a list, the first few of many. */
export const namedList = (names: readonly string[], atMost = 6): string => {
  if (names.length <= atMost) return listOf(names);
  return `${names.slice(0, atMost).join(', ')} and ${names.length - atMost} more`;
};

/** A column of a table: figures stand to the right. */
export interface TableColumn {
  readonly title: Piece;
  readonly kind: 'words' | 'figures';
}

/** A table that scrolls sideways on narrow screens; the first cell of each row is its heading. */
export const table = (caption: string, columns: readonly TableColumn[], rows: readonly (readonly Piece[])[]): Markup =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row" class="words">${cell}</th>` : html`<td class="${columns[i]?.kind ?? 'words'}">${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`;

/** More for those who want it, folded away. */
export const folded = (title: string, contents: Piece): Markup =>
  html`<details><summary>${title}</summary>${contents}</details>`;

/** A zone's name as text; the zone that stands for all has none of its own. */
export const zoneName = (id: string, { wholeView }: Subject): string => (id === 'view' ? wholeView : id);

/** A zone's name. */
export const zoneTitle = (id: string, subject: Subject): Markup => named(zoneName(id, subject));

/** Zones other than the whole view, with their names. */
export const drawnZones = ({ zones }: Summary): (readonly [id: string, zone: ZoneSummary])[] =>
  Object.entries(zones).filter(([id]) => id !== 'view');

/** Whether nothing can be known in metres: a camera that nobody calibrated. */
export const lacksMetres = ({ kind, summary }: ReportData): boolean =>
  kind === 'camera' && summary.calibration === null;

/** Why figures in metres are missing, in a few words. */
export const whyNoMetres = (data: ReportData): string =>
  lacksMetres(data)
    ? 'The camera is not calibrated, so nothing can be said in metres.'
    : (data.summary.health.reasons[0]?.message ?? 'Too little was seen to say.');

/** Why figures of any kind are missing. */
export const whyNothing = ({ health }: Summary): string => health.reasons[0]?.message ?? 'Nothing was measured.';
