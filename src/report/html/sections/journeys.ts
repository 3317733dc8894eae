import type { Summary } from '../../../contract/index.ts';
import { formatCount } from '../../format.ts';
import { html, type Piece } from '../markup.ts';
import { named, table } from '../parts.ts';

const NONE = '–';

/** Gates as the summary has them, then any others. */
const inOrder = (gates: Summary['gates'], names: ReadonlySet<string>): string[] => [
  ...new Set([...Object.keys(gates).filter((gate) => names.has(gate)), ...names]),
];

/** How many went from one gate to another: a row per gate where they came from, a column per gate where they went. */
export const journeys = ({ originDestination, gates }: Summary): Piece => {
  if (originDestination.length === 0) return null;
  const origins = inOrder(gates, new Set(originDestination.map(({ from }) => from)));
  const destinations = inOrder(gates, new Set(originDestination.map(({ to }) => to)));
  const people = new Map(originDestination.map((pair) => [JSON.stringify([pair.from, pair.to]), pair.people]));
  const cell = (from: string, to: string): string => {
    const count = people.get(JSON.stringify([from, to])) ?? 0;
    return count === 0 ? NONE : formatCount(count);
  };
  const rows = origins.map((from) => [named(from), destinations.map((to) => cell(from, to))].flat());
  const columns = [
    { title: 'From, to', kind: 'words' as const },
    ...destinations.map((to) => ({ title: named(to), kind: 'figures' as const })),
  ];
  return html`${table('From one gate to the next', columns, rows)}<p class="footnote">People who crossed the gate of the row and then, still followed, that of the column. ${NONE} nobody was counted so. They are counts: who went where was never kept.</p>`;
};
