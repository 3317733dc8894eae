/** Finds in a moment what a comparison is about. Nothing but a flow of both ways is made anew for it. */
import type {
  CameraMoment,
  CameraState,
  GateMoment,
  MomentFigure,
  MomentZoneFigure,
  ZoneMoment,
} from '../../contract/index.ts';
import type { Circumstances, ForeseenFigure } from './condition.ts';
import type { Measured, Place } from './expression.ts';
import { type Foreseeable, ZONE_FUNCTIONS } from './functions.ts';
import { durationS } from './quantity.ts';

/** Reads a figure; null when it is unknown. */
export type FigureReader = (circumstances: Circumstances) => MomentFigure;

/** Finds the item of a name; moments keep their order, so that it is mostly where it was the last time. */
const finder = <Item>(isIt: (item: Item) => boolean): ((items: readonly Item[]) => Item | undefined) => {
  let last = 0;
  return (items) => {
    const item = items.at(last);
    if (item !== undefined && isIt(item)) return item;
    const found = items.findIndex(isIt);
    if (found === -1) return undefined;
    last = found;
    return items[found];
  };
};

const zoneFinder = (name: string) => finder<ZoneMoment>(({ zone }) => zone === name);
const gateFinder = (name: string) => finder<GateMoment>(({ gate }) => gate === name);
const cameraFinder = (name: string) => finder<CameraMoment>(({ camera }) => camera === name);

/** Reads a figure of a zone, or of a camera's whole view. */
export const zoneFigureReader = ({ of, name }: Place, figure: MomentZoneFigure): FigureReader => {
  if (of === 'zone') {
    const find = zoneFinder(name);
    return ({ moment }) => find(moment.zones)?.figures[figure] ?? null;
  }
  const find = cameraFinder(name);
  return ({ moment }) => find(moment.cameras)?.view[figure] ?? null;
};

/** Of both ways; independent errors. */
const sumOf = (a: MomentFigure, b: MomentFigure): MomentFigure => {
  if (a === null || b === null) return null;
  const { standardError: errorA } = a;
  const { standardError: errorB } = b;
  return {
    value: a.value + b.value,
    standardError: errorA === null || errorB === null ? null : Math.hypot(errorA, errorB),
    partial: a.partial || b.partial,
  };
};

const flowReader = ({ gate: name, direction }: Extract<Measured, { kind: 'flow' }>): FigureReader => {
  const find = gateFinder(name);
  return ({ moment }) => {
    const gate = find(moment.gates);
    if (gate === undefined) return null;
    if (direction === 'both') return sumOf(gate.inPerMin, gate.outPerMin);
    return direction === 'in' ? gate.inPerMin : gate.outPerMin;
  };
};

const FORESEEN: Readonly<Record<Foreseeable, ForeseenFigure>> = { density: 'densityPerM2', occupancy: 'occupancy' };

/** Reads what a number is compared with. */
export const figureReader = (subject: Measured): FigureReader => {
  if (subject.kind === 'figure') return zoneFigureReader(subject.place, ZONE_FUNCTIONS[subject.name].figure);
  if (subject.kind === 'flow') return flowReader(subject);
  const { zone, name, ahead } = subject;
  const aheadS = durationS(ahead);
  return ({ forecast }) => forecast(zone, FORESEEN[name], aheadS);
};

/** Reads how a camera is. One of which nothing is said is unknown, which is a state like the others. */
export const stateReader = (camera: string): ((circumstances: Circumstances) => CameraState) => {
  const find = cameraFinder(camera);
  return ({ moment }) => find(moment.cameras)?.health.state ?? 'unknown';
};

/**
 * Whether a figure is unknown for want of people: an empty square has no speed. It is seen all the same, as its density
 * says.
 */
export const emptinessReader = (subject: Measured): ((circumstances: Circumstances) => boolean) => {
  if (subject.kind !== 'figure' || !ZONE_FUNCTIONS[subject.name].needsPeople) return () => false;
  const density = zoneFigureReader(subject.place, 'densityPerM2');
  return (circumstances) => density(circumstances)?.partial === false;
};
