/** Which column of a table is which, by its name. */
import type { Unit } from './rows.ts';

/** What a column can be for. */
type Role = 'id' | 'frame' | 'time' | 'x' | 'y';

const NAMES: Readonly<Record<Role, readonly string[]>> = {
  id: ['id', 'person', 'pers', 'ped', 'pedestrian', 'agent', 'track'].flatMap((name) =>
    name === 'id' ? [name] : [name, `${name}_id`, `${name}id`],
  ),
  frame: ['frame', 'fr', 'frame_id', 'frameid', 'frame_number', 'frame_no', 'framenumber'],
  time: ['time', 't', 'timestamp', 'seconds'],
  x: ['x', 'pos_x', 'x_pos', 'posx', 'position_x'],
  y: ['y', 'pos_y', 'y_pos', 'posy', 'position_y'],
};

const ROLES = new Map(Object.entries(NAMES).flatMap(([role, names]) => names.map((name) => [name, role] as const)));

const UNITS: Readonly<Record<string, Unit | 's' | 'ms'>> = {
  m: 'm',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  cm: 'cm',
  s: 's',
  sec: 's',
  seconds: 's',
  ms: 'ms',
};

/** Where a table has what is read; the other columns are not. */
export interface Layout {
  readonly id: number;
  /** Null when there are only times. */
  readonly frame: number | null;
  readonly time: number | null;
  readonly ticksPerS: 1 | 1000;
  readonly x: number;
  readonly y: number;
  /** Null when the names do not say. */
  readonly unit: Unit | null;
}

interface Column {
  readonly role: string | undefined;
  readonly unit: string | undefined;
  readonly name: string;
  readonly index: number;
}

/** `Pos X [cm]` is pos_x in cm, `x/m` is x in m. */
const readName = (name: string, index: number): Column => {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  const whole = ROLES.get(plain);
  if (whole !== undefined) return { role: whole, unit: undefined, name, index };
  const [, stem = '', suffix = ''] = /^(.+)_([a-z]+)$/.exec(plain) ?? [];
  const unit = Object.hasOwn(UNITS, suffix) ? UNITS[suffix] : undefined;
  return { role: unit === undefined ? undefined : ROLES.get(stem), unit, name, index };
};

const quoted = (columns: readonly { readonly name: string }[]): string =>
  columns.map(({ name }) => `"${name.slice(0, 40)}"`).join(', ');

type Found = { readonly layout: Layout } | { readonly problem: string };

/** Finds the columns that are read among the names of a header line, or says what is in the way. */
export const findLayout = (names: readonly string[]): Found => {
  const columns = names.map(readName);
  const of = (role: Role): readonly Column[] => columns.filter((column) => column.role === role);
  const ambiguous = (['id', 'frame', 'time', 'x', 'y'] as const).find((role) => of(role).length > 1);
  if (ambiguous) return { problem: `${quoted(of(ambiguous))} could each be ${ambiguous}` };
  const [[id], [frame], [time], [x], [y]] = [of('id'), of('frame'), of('time'), of('x'), of('y')];
  const all = quoted(columns.slice(0, 20));
  if (!id) return { problem: `there is no column for id among ${all}` };
  if (!frame && !time) return { problem: `there is no column for frame or time among ${all}` };
  if (!x) return { problem: `there is no column for x among ${all}` };
  if (!y) return { problem: `there is no column for y among ${all}` };
  if (x.unit !== y.unit) return { problem: `"${x.name}" and "${y.name}" have different units` };
  const unit = x.unit === 'm' || x.unit === 'cm' ? x.unit : null;
  if (x.unit !== undefined && unit === null) return { problem: `"${x.name}" is not in metres or centimetres` };
  const ticksPerS = time?.unit === 'ms' ? 1000 : 1;
  return {
    layout: {
      id: id.index,
      frame: frame?.index ?? null,
      time: time?.index ?? null,
      ticksPerS,
      x: x.index,
      y: y.index,
      unit,
    },
  };
};

/** The columns of a text file that does not name them: `id frame x y`, and more that is not read. */
export const ARCHIVE_LAYOUT: Layout = { id: 0, frame: 1, time: null, ticksPerS: 1, x: 2, y: 3, unit: null };
