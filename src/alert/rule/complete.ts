/** What may be written where, for editors. */
import { CAMERA_STATES, FRUIN_LIMITS_PER_M2 } from '../../contract/index.ts';
import { EQUALITIES, ORDERINGS } from './expression.ts';
import {
  DIRECTIONS,
  FLOW,
  FORESEEABLE,
  FUNCTION_NAMES,
  isZoneFunction,
  type Quantity,
  SIGNATURES,
  whatOf,
  ZONE_FUNCTIONS,
} from './functions.ts';
import { LEVELS } from './levels.ts';
import { wantedIn } from './parser.ts';
import type { SitePlaces } from './site-places.ts';
import type { CallSyntax, Wanted } from './syntax.ts';

/** One thing that may be written at the cursor. */
export interface Completion {
  /** What is replaced, in UTF-16 units from the start of the text. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly kind: 'function' | 'place' | 'value' | 'operator' | 'unit' | 'keyword' | 'sign';
  /** A short explanation. */
  readonly what: string;
}

type Offer = Pick<Completion, 'text' | 'kind' | 'what'>;

const OPERATOR_WORDS = {
  '>': 'Above',
  '>=': 'At least',
  '<': 'Below',
  '<=': 'At most',
  '==': 'Is',
  '!=': 'Is not',
} as const;

const sign = (text: string, what: string): Offer => ({ text, kind: 'sign', what });
const keyword = (text: string, what: string): Offer => ({ text, kind: 'keyword', what });
const values = (texts: readonly string[], what: string): Offer[] =>
  texts.map((text) => ({ text, kind: 'value', what }));

const CONDITIONS: readonly Offer[] = [
  ...FUNCTION_NAMES.map(
    (name): Offer => ({ text: `${name}(`, kind: 'function', what: `${whatOf(name)}: ${SIGNATURES[name]}` }),
  ),
  keyword('not', 'Turns true to false, and false to true; unknown stays unknown'),
  sign('(', 'Keeps together what belongs together'),
];
const JOINERS: readonly Offer[] = [
  keyword('and', 'Both hold; binds tighter than or'),
  keyword('or', 'One of them holds, or both'),
];

const places = (names: readonly string[], what: string): Offer[] =>
  names.map((text) => ({ text, kind: 'place', what }));

const FORECASTS: readonly Offer[] = FORESEEABLE.map((name) => ({
  text: `${name}(`,
  kind: 'function',
  what: ZONE_FUNCTIONS[name].what,
}));

const zonesAndViews = (name: string, { zones, cameras, uncalibrated = [] }: SitePlaces): Offer[] => {
  const needsMetres = !isZoneFunction(name) || ZONE_FUNCTIONS[name].needsMetres;
  const known = (place: string): boolean => !needsMetres || !uncalibrated.includes(place);
  const views = cameras.filter((camera) => known(camera) && !zones.includes(camera));
  return [...places(zones.filter(known), 'Zone'), ...places(views, "A camera's whole view")];
};

const ofArgument = (name: string, within: string | null, index: number, site: SitePlaces): readonly Offer[] => {
  if (name === 'flow') return index === 0 ? places(site.gates, 'Gate') : values(DIRECTIONS, 'Way through the gate');
  if (name === 'forecast') return index === 0 ? FORECASTS : values(['5min', '10min', '15min'], 'How far ahead');
  if (name === 'health') return places(site.cameras, 'Camera');
  const offers = zonesAndViews(name, site);
  return within === null ? offers : offers.filter(({ what }) => what === 'Zone');
};

/** Name of the function whose figure is compared. */
const comparedIn = ({ name, arguments: [first] }: CallSyntax): string => {
  const own = name.text.toLowerCase();
  return own === 'forecast' && first?.kind === 'call' ? first.name.text.toLowerCase() : own;
};

const quantityFor = (name: string): Quantity | null => {
  if (name === 'flow') return FLOW;
  return isZoneFunction(name) ? ZONE_FUNCTIONS[name] : null;
};

const ofOperator = (name: string): readonly Offer[] => {
  const operators = name === 'health' ? EQUALITIES : name === 'los' ? [...ORDERINGS, ...EQUALITIES] : ORDERINGS;
  return operators.map((text) => ({ text, kind: 'operator', what: OPERATOR_WORDS[text] }));
};

const ofLimit = (name: string, site: SitePlaces): readonly Offer[] => {
  if (name === 'health') return values(CAMERA_STATES, 'State of a camera');
  if (name !== 'los') return [];
  const limits = FRUIN_LIMITS_PER_M2[site.levelOfService ?? 'walkway'];
  return LEVELS.map((text, i) => {
    const what = i < limits.length ? `Up to ${limits[i][1]} per m²` : `Above ${limits[i - 1][1]} per m²`;
    return { text, kind: 'value', what };
  });
};

const ofUnit = (name: string): readonly Offer[] =>
  quantityFor(name)?.units.flatMap(({ name: text, spoken }) =>
    text === '' ? [] : [{ text, kind: 'unit', what: spoken } as const],
  ) ?? [];

const separators = (name: string, index: number): readonly Offer[] => {
  const takes = name === 'flow' || name === 'forecast' ? 2 : 1;
  return [index < takes ? sign(', ', 'What comes next') : sign(')', 'Closes the function')];
};

const offersFor = (wanted: Wanted, site: SitePlaces): readonly Offer[] => {
  if ('call' in wanted) {
    const compared = comparedIn(wanted.call);
    if (wanted.kind === 'operator') return ofOperator(compared);
    return wanted.kind === 'limit' ? ofLimit(compared, site) : ofUnit(compared);
  }
  if (wanted.kind === 'condition') return CONDITIONS;
  if (wanted.kind === 'joiner') return wanted.isOpen ? [...JOINERS, sign(')', 'Closes the parenthesis')] : JOINERS;
  const name = wanted.name.toLowerCase();
  return wanted.kind === 'argument'
    ? ofArgument(name, wanted.within, wanted.index, site)
    : separators(name, wanted.index);
};

const STARTS_WORD = /^[\w%/]/;
const ENDS_WORD = /[\w²%]$/;
/** The rest of the word that the cursor is in. */
const REST = /[\w-]*/y;

const endOfWord = (text: string, offset: number): number => {
  REST.lastIndex = offset;
  return offset + (REST.exec(text)?.[0].length ?? 0);
};

/**
 * What may be written at the cursor, in the order of the site file and of the documentation.
 *
 * @param offset of the cursor, in UTF-16 units; what stands behind it does not matter
 * @returns nothing behind a mistake
 */
export const complete = (rule: string, offset: number, site: SitePlaces): readonly Completion[] => {
  const before = rule.slice(0, Math.max(0, offset));
  const cursor = before.length;
  const wanted = wantedIn(before);
  const found = new Map<string, Completion>();
  for (const one of wanted) {
    const typed = before.slice(one.at).toLowerCase();
    // Two words in a row have a space between them.
    const isGlued = typed === '' && one.kind !== 'unit' && ENDS_WORD.test(before);
    for (const offer of offersFor(one, site)) {
      const text = offer.text.toLowerCase();
      if (!text.startsWith(typed) || text.trim() === typed.trim() || (isGlued && STARTS_WORD.test(text))) continue;
      const to = typed === '' ? cursor : endOfWord(rule, cursor);
      found.set(`${one.at} ${offer.text}`, { ...offer, from: one.at, to });
    }
  }
  return [...found.values()];
};
