/**
 * What a simulated crowd can be told to do: the scenarios, and what each takes in its address.
 * `docs/simulation.md` holds the same table.
 */

/** A number that an address may give. */
export interface NumberParameter {
  readonly what: string;
  /** Null where there is none unless the address gives one. */
  readonly default: number | null;
  readonly least: number;
  readonly most: number;
  readonly whole?: true;
  /** Shapes the scenario's own place, and is refused where the site says what is walkable. */
  readonly shapesPlace?: true;
}

/** A name that an address may give; null unless it does. */
export interface NameParameter {
  readonly what: string;
  readonly name: true;
  readonly default: null;
}

/** Something that an address may give. */
export type ScenarioParameter = NumberParameter | NameParameter;

/** A scenario, as told to people. */
export interface Scenario {
  readonly what: string;
  readonly parameters: Readonly<Record<string, ScenarioParameter>>;
}

/** As many people as one simulation moves. */
export const MOST_PEOPLE = 5000;

const people = (count: number, what = 'People in the place, all the time; the most at once where there is a rate') =>
  ({ what, default: count, least: 1, most: MOST_PEOPLE, whole: true }) as const;
const rate = (perS: number | null, what = 'People who arrive, 1/s; without it, as many as leave') =>
  ({ what, default: perS, least: 0.01, most: 50 }) as const;
const seed: NumberParameter = {
  what: 'Another seed, another crowd',
  default: 1,
  least: 0,
  most: 2 ** 32 - 1,
  whole: true,
};

const side = (what: string, metres: number, least: number): NumberParameter => ({
  what: `${what} of the place, m`,
  default: metres,
  least,
  most: 400,
  shapesPlace: true,
});

const every = (what: string, seconds: number): NumberParameter => ({ what, default: seconds, least: 10, most: 86_400 });
const share: NumberParameter = { what: 'Share of them who walk towards the right', default: 0.5, least: 0, most: 1 };
const door: NumberParameter = {
  what: 'Clear width of a door, m',
  default: 1.2,
  least: 0.8,
  most: 5,
  shapesPlace: true,
};

/** Every scenario by its name in the address. */
export const SCENARIOS = {
  plaza: {
    what: 'People cross a square between its four sides',
    parameters: {
      people: people(300),
      seed,
      rate: rate(null),
      length: side('Length', 40, 8),
      width: side('Width', 30, 8),
    },
  },
  corridor: {
    what: 'People walk both ways along a corridor, and form lanes',
    parameters: {
      people: people(60),
      seed,
      rate: rate(null),
      length: side('Length', 40, 8),
      width: side('Width', 4, 1.5),
      share,
    },
  },
  bottleneck: {
    what: 'A crowd goes through a door, again and again',
    parameters: {
      people: people(200, 'People in a crowd; the most at once where there is a rate'),
      seed,
      rate: rate(null, 'People who arrive one by one at the left end, 1/s; without it, crowds'),
      door,
      every: every('A new crowd comes after, s', 300),
    },
  },
  platform: {
    what: 'A station platform fills, and a train takes everybody away',
    parameters: {
      people: people(400, 'The most people at once'),
      seed,
      rate: rate(1, 'People who arrive, 1/s'),
      length: side('Length', 80, 10),
      width: side('Width', 6, 2.5),
      train: every('A train comes after, s', 180),
      dwell: { what: 'A train stays, s', default: 30, least: 5, most: 600 },
    },
  },
  egress: {
    what: 'A stand empties through its exits, and fills again',
    parameters: {
      people: people(600, 'People on the stand'),
      seed,
      door,
      every: every('The stand is full again after, s', 600),
    },
  },
  counterflow: {
    what: 'Two groups go against each other through a narrow passage',
    parameters: {
      people: people(80),
      seed,
      rate: rate(null),
      length: side('Length', 16, 4),
      width: side('Width', 3, 1.2),
      share,
    },
  },
  surge: {
    what: 'A square as always, until many come to one place, too many, and leave again',
    parameters: {
      people: people(100, 'People who cross as always'),
      seed,
      rate: rate(4, 'People who come to the area, 1/s'),
      at: { what: 'They begin to come after, s', default: 120, least: 0, most: 86_400 },
      peak: { what: 'Density at which they begin to leave, people/m²', default: 5, least: 1, most: 7 },
      hold: { what: 'They stay at that density for, s', default: 30, least: 0, most: 3600 },
      area: {
        what: 'Zone of the site where they gather; the middle of the place without it',
        name: true,
        default: null,
      },
      length: side('Length', 40, 12),
      width: side('Width', 30, 12),
    },
  },
  ring: {
    what: 'People walk round a closed loop at a density that stays: to see the fundamental diagram',
    parameters: {
      people: people(120, 'People in the loop'),
      seed,
      width: side('Width', 3, 1.5),
      length: side('Length of a straight', 24, 6),
    },
  },
} as const satisfies Record<string, Scenario>;

/** Name of a scenario. */
export type ScenarioName = keyof typeof SCENARIOS;

/** Numbers of a scenario by the parameter's name, defaults filled in; of a rate there may be none. */
export interface ScenarioNumbers {
  readonly rate?: number;
  readonly [name: string]: number;
}
