/**
 * The address of a simulated crowd, `sim://SCENARIO?people=300&seed=1`, read and checked.
 */
import { StarlingError } from '../contract/index.ts';
import { nearestName } from './nearest-name.ts';
import {
  type NumberParameter,
  type Scenario,
  SCENARIOS,
  type ScenarioName,
  type ScenarioNumbers,
  type ScenarioParameter,
} from './scenarios.ts';

/** A simulation as its address asks for it, defaults filled in. */
export interface SimulationPlan {
  /** The address, for messages. */
  readonly source: string;
  readonly scenario: ScenarioName;
  /** Numbers by the parameter's name; what neither the address nor the scenario gives is absent. */
  readonly numbers: ScenarioNumbers;
  /** Names by the parameter's name, where the address gives them. */
  readonly names: Readonly<Record<string, string>>;
  /** Names of the parameters that the address itself gives. */
  readonly given: readonly string[];
}

const SCHEME = 'sim://';
const NAMES = Object.keys(SCENARIOS);

/** The error for an address that cannot be simulated. */
export const badScenario = (source: string, problem: string): StarlingError =>
  new StarlingError('SIMULATE_BAD_SCENARIO', { source, problem });

const isScenario = (name: string): name is ScenarioName => NAMES.includes(name);
/** Whether a parameter is a number. */
export const isNumber = (parameter: ScenarioParameter): parameter is NumberParameter => 'least' in parameter;

const numberFrom = (text: string, name: string, parameter: NumberParameter): number | string => {
  const { least, most, whole } = parameter;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return `${name}=${text} is not a number`;
  if (value < least || value > most) return `${name}=${text} is not between ${least} and ${most}`;
  if (whole && !Number.isInteger(value)) return `${name}=${text} is not a whole number`;
  return value;
};

const defaultsOf = ({ parameters }: Scenario): Record<string, number> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { default: value }]) => (value === null ? [] : [[name, value]])),
  );

/** Reads one parameter into `numbers` or `names`; returns what is wrong with it. */
const readParameter = (
  name: string,
  text: string,
  { parameters }: Scenario,
  into: { numbers: Record<string, number>; names: Record<string, string> },
): string | null => {
  const known = Object.keys(parameters);
  const parameter = known.includes(name) ? parameters[name] : undefined;
  if (!parameter)
    return `there is no parameter "${name}", perhaps you mean "${nearestName(name, known)}" (it takes ${known.join(', ')})`;
  if (!isNumber(parameter)) {
    if (text === '') return `${name} is empty`;
    into.names[name] = text;
    return null;
  }
  const value = numberFrom(text, name, parameter);
  if (typeof value === 'string') return value;
  into.numbers[name] = value;
  return null;
};

/**
 * Reads the address of a simulated crowd.
 *
 * @throws SIMULATE_BAD_SCENARIO for an unknown scenario or parameter (with the nearest that is known), a parameter
 *   given twice, and a number that is none, not whole where it must be, or out of bounds
 * @example
 * parseSimulation('sim://corridor?people=120&seed=7');
 */
export const parseSimulation = (source: string): SimulationPlan => {
  if (!source.startsWith(SCHEME)) throw badScenario(source, `it does not begin with ${SCHEME}`);
  const [scenario = '', query = ''] = source.slice(SCHEME.length).split(/\/?\?(.*)/s);
  if (!isScenario(scenario))
    throw badScenario(
      source,
      `there is no scenario "${scenario}", perhaps you mean "${nearestName(scenario, NAMES)}" (there are ${NAMES.join(', ')})`,
    );
  const described: Scenario = SCENARIOS[scenario];
  const values = { numbers: defaultsOf(described), names: {} };
  const given: string[] = [];
  for (const [name, text] of new URLSearchParams(query)) {
    const problem = given.includes(name) ? `${name} is given twice` : readParameter(name, text, described, values);
    if (problem !== null) throw badScenario(source, problem);
    given.push(name);
  }
  return { source, scenario, ...values, given };
};
