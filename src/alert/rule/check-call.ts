/** What a function is about: its names, found in the site. */
import type { Amount, Measured, Place } from './expression.ts';
import {
  DIRECTIONS,
  DURATION_UNITS,
  FORESEEABLE,
  FUNCTION_NAMES,
  type FunctionName,
  isFunction,
  isZoneFunction,
  LEAST_AHEAD_S,
  MOST_AHEAD_S,
  SIGNATURES,
  ZONE_FUNCTIONS,
} from './functions.ts';
import { misspelt } from './misspelt.ts';
import { either, type Note, quote, type RuleProblem } from './problem.ts';
import type { SitePlaces } from './site-places.ts';
import type { CallSyntax, Word } from './syntax.ts';

/** What is compared. */
export type Subject =
  | Measured
  | { readonly kind: 'level'; readonly place: Place }
  | { readonly kind: 'health'; readonly camera: string };

type Argument = Word | CallSyntax;

const problemAt = ({ from, to }: Argument, message: string, suggestions: readonly string[] = []): RuleProblem => ({
  from,
  to,
  message,
  suggestions,
});

const KINDS = ['zone', 'gate', 'camera'] as const;
type Kind = (typeof KINDS)[number];
const namesOf = (site: SitePlaces, kind: Kind): readonly string[] => site[`${kind}s`];

/** A name of one of these kinds of place, the first of them that has it. */
const placeOf = <Wanted extends Kind>(
  argument: Argument,
  kinds: readonly Wanted[],
  name: string,
  site: SitePlaces,
  note: Note,
): { readonly of: Wanted; readonly name: string } | null => {
  const wanted = either(kinds);
  if (argument.kind === 'call') {
    note(problemAt(argument, `${name} is of a ${wanted}, by name`));
    return null;
  }
  const { text } = argument;
  const of = kinds.find((kind) => namesOf(site, kind).includes(text));
  if (of !== undefined) return { of, name: text };
  const other = KINDS.find((kind) => namesOf(site, kind).includes(text));
  if (other === undefined)
    note(
      misspelt(
        argument,
        wanted,
        kinds.flatMap((kind) => namesOf(site, kind)),
      ),
    );
  else note(problemAt(argument, `${quote(text)} is a ${other}, and ${name} is of a ${wanted}`));
  return null;
};

/** A zone, or a camera's whole view, of which such a figure can be known. */
const zoneOf = <Wanted extends 'zone' | 'camera'>(
  argument: Argument,
  kinds: readonly Wanted[],
  name: FunctionName,
  site: SitePlaces,
  note: Note,
): { readonly of: Wanted; readonly name: string } | null => {
  const place = placeOf(argument, kinds, name, site, note);
  if (place === null || !site.uncalibrated?.includes(place.name)) return place;
  if (isZoneFunction(name) && !ZONE_FUNCTIONS[name].needsMetres) return place;
  note(problemAt(argument, `${name} needs metres, and the camera of ${quote(place.name)} has no calibration`));
  return null;
};

const flowOf = (gate: Argument, way: Argument, site: SitePlaces, note: Note): Subject | null => {
  const place = placeOf(gate, ['gate'], 'flow', site, note);
  const direction = DIRECTIONS.find((one) => way.kind === 'word' && one === way.text.toLowerCase());
  if (direction === undefined) note(problemAt(way, `a flow goes ${either(DIRECTIONS)}`, DIRECTIONS));
  return place && direction ? { kind: 'flow', gate: place.name, direction } : null;
};

const DURATION = /^(\d+(?:\.\d+)?)\s*(s|min|h)$/i;

/** How far ahead a forecast looks. */
const aheadOf = (argument: Argument, note: Note): Amount | null => {
  const [, number, written] = (argument.kind === 'word' && DURATION.exec(argument.text)) || [];
  const unit = DURATION_UNITS.find(({ name }) => name === written?.toLowerCase());
  if (unit === undefined) {
    note(problemAt(argument, 'write how far ahead to look, such as 10min', ['10min']));
    return null;
  }
  const aheadS = Number(number) * unit.times;
  // Of so few digits that it is printed as it was written.
  const isPlain = number.length <= 8;
  if (isPlain && aheadS >= LEAST_AHEAD_S && aheadS <= MOST_AHEAD_S) return { value: Number(number), unit: unit.name };
  note(problemAt(argument, `forecasts look ${LEAST_AHEAD_S / 60}min to ${MOST_AHEAD_S / 60}min ahead`));
  return null;
};

const forecastOf = (inner: Argument, ahead: Argument, site: SitePlaces, note: Note): Subject | null => {
  const amount = aheadOf(ahead, note);
  const name = FORESEEABLE.find((one) => inner.kind === 'call' && one === inner.name.text.toLowerCase());
  if (inner.kind !== 'call' || name === undefined || !isComplete(inner, name, note)) {
    if (name === undefined)
      note(problemAt(inner, `a forecast is of ${FORESEEABLE.map((one) => `${one}(ZONE)`).join(' or ')}`));
    return null;
  }
  const zone = zoneOf(inner.arguments[0], ['zone'], name, site, note);
  return zone && amount && { kind: 'forecast', name, zone: zone.name, ahead: amount };
};

const takes = (name: FunctionName): number => (name === 'flow' || name === 'forecast' ? 2 : 1);

/** Whether as much is said as the function takes. */
const isComplete = (call: CallSyntax, name: FunctionName, note: Note): boolean => {
  const surplus = call.arguments.at(takes(name));
  if (call.arguments.length === takes(name)) return true;
  note(
    problemAt(surplus ?? call, `${surplus ? 'this is too much' : 'something is missing'}: write ${SIGNATURES[name]}`),
  );
  return false;
};

/** What the function is about; null where something is wrong with it, and then that is noted. */
export const checkSubject = (call: CallSyntax, site: SitePlaces, note: Note): Subject | null => {
  const name = call.name.text.toLowerCase();
  if (!isFunction(name)) {
    note(misspelt(call.name, 'function', FUNCTION_NAMES));
    return null;
  }
  if (!isComplete(call, name, note)) return null;
  const [first, second] = call.arguments;
  if (name === 'flow') return flowOf(first, second, site, note);
  if (name === 'forecast') return forecastOf(first, second, site, note);
  if (name === 'health') {
    const camera = placeOf(first, ['camera'], name, site, note);
    return camera && { kind: 'health', camera: camera.name };
  }
  const place = zoneOf(first, ['zone', 'camera'], name, site, note);
  if (place === null) return null;
  return name === 'los' ? { kind: 'level', place } : { kind: 'figure', name, place };
};
