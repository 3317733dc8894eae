import type { Summary } from '../contract/index.ts';

const people = (value: number): string => value.toFixed(1);

const zoneLine = (id: string, zone: Summary['zones'][string]): string => {
  const name = id === 'view' ? 'whole view' : id;
  if (!zone.occupancy) return `  ${name}: not known`;
  const { mean, standardError, max } = zone.occupancy;
  const error = standardError === null ? '' : ` ± ${people(standardError)}`;
  const parts = [`${people(mean)}${error} people, at most ${max}`];
  if (zone.densityPerM2 !== undefined) parts.push(`${zone.densityPerM2.toFixed(3)} people/m²`);
  if (zone.los !== undefined) parts.push(`level of service ${zone.los}`);
  if (zone.speedMps !== undefined) parts.push(`${zone.speedMps.toFixed(2)} m/s`);
  return `  ${name}: ${parts.join(', ')}`;
};

const gateLine = (id: string, gate: Summary['gates'][string]): string =>
  gate.in === null || gate.out === null ? `  ${id}: not known` : `  ${id}: ${gate.in} in, ${gate.out} out`;

/** What was found, in a few lines for a person at a terminal. */
export const describeFindings = (summary: Summary): string => {
  const gates = Object.entries(summary.gates);
  const { state, reasons } = summary.health;
  return [
    `${summary.frames} frames, ${summary.durationS.toFixed(1)} s${summary.complete ? '' : ' (incomplete)'}`,
    'Zones',
    ...Object.entries(summary.zones).map(([id, zone]) => zoneLine(id, zone)),
    ...(gates.length > 0 ? ['Gates', ...gates.map(([id, gate]) => gateLine(id, gate))] : []),
    ...(state === 'ok' && reasons.length === 0 ? [] : [`Health: ${state}`]),
    ...reasons.map(({ message }) => `  ${message}`),
  ].join('\n');
};
