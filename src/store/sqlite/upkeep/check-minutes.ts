/** Whether minutes are the sums of their seconds, as far as these are still kept, and whether seconds can be read. */
import type { DatabaseSync } from 'node:sqlite';
import { CAMERA_STATES, OBJECT_CLASSES } from '../../../contract/index.ts';
import { FIGURE_COLUMNS } from '../columns.ts';
import { MINUTE_S, startOf } from '../levels.ts';
import { numberOf, prepare, rowsOf } from '../rows.ts';
import { CameraSums } from '../sums/camera-sums.ts';
import { GateSums } from '../sums/gate-sums.ts';
import { SpanSums } from '../sums/span-sums.ts';
import { ZoneSums } from '../sums/zone-sums.ts';
import { openTables, type Tables } from '../tables/tables.ts';
import { minuteText, type OnShare, type Problems, TOLERANCE } from './problems.ts';

/** What adds up, by name; NaN is unknown. */
type Numbers = readonly (readonly [name: string, value: number])[];

const ofCamera = ({ measuredS, offered, measured, dropped, statesS }: CameraSums): Numbers => [
  ['measured_s', measuredS],
  ['offered', offered],
  ['measured', measured],
  ['dropped', dropped],
  ...CAMERA_STATES.map((state, i) => [`${state}_s`, statesS[i]] as const),
];

const ofZone = ({ measuredS, lastMs, seenShare, areaM2, figures }: ZoneSums): Numbers => [
  ['measured_s', measuredS],
  ['last_ms', lastMs],
  ['seen_share', seenShare],
  ['area_m2', areaM2],
  ...FIGURE_COLUMNS.map((column, i) => [column, figures[i]] as const),
];

const ofGate = ({
  measuredS,
  knownS,
  lastMs,
  seenShare,
  widthM,
  variance,
  systematicError,
  crossings,
}: GateSums): Numbers => [
  ['measured_s', measuredS],
  ['known_s', knownS],
  ['last_ms', lastMs],
  ['seen_share', seenShare],
  ['width_m', widthM],
  ['variance', variance],
  ['systematic', systematicError],
  ...OBJECT_CLASSES.flatMap((name) => [
    [`${name} in`, crossings.get(name)?.in ?? 0] as const,
    [`${name} out`, crossings.get(name)?.out ?? 0] as const,
  ]),
];

const isSame = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));

const different = (found: Numbers, made: Numbers): string[] =>
  found.filter(([, value], i) => !isSame(value, made[i][1])).map(([name]) => name);

interface Place {
  readonly id: number;
  readonly kind: 'zone' | 'gate';
  readonly name: string;
}

interface Camera {
  readonly id: number;
  readonly name: string;
  readonly fromS: number;
  readonly places: readonly Place[];
}

const camerasIn = (database: DatabaseSync): Camera[] => {
  const places = prepare(database, 'SELECT id, kind, name FROM place WHERE camera = ? ORDER BY id');
  return rowsOf(prepare(database, 'SELECT id, name, seconds_from_s FROM camera ORDER BY name')).map(
    ([id, name, fromS]) => ({
      id: numberOf(id),
      name: String(name),
      fromS: numberOf(fromS),
      places: rowsOf(places, id).map(([place, kind, word]) => ({
        id: numberOf(place),
        kind: kind === 'zone' ? 'zone' : 'gate',
        name: String(word),
      })),
    }),
  );
};

/** Compares the minutes of one camera. */
class MinuteCheck {
  readonly #tables: Tables;
  readonly #camera: Camera;
  readonly #problems: Problems;

  constructor(tables: Tables, camera: Camera, problems: Problems) {
    this.#tables = tables;
    this.#camera = camera;
    this.#problems = problems;
  }

  /** One minute, unless it is still to be rolled up. */
  check(startS: number): void {
    const { seconds, due, cameraSpans } = this.#tables;
    const { id } = this.#camera;
    const [fromMs, toMs] = [startS * 1000, (startS + MINUTE_S) * 1000];
    const observations = seconds.between(id, fromMs, toMs);
    const unreadable = seconds.count(id, fromMs, toMs) - observations.length;
    if (unreadable > 0) {
      this.#tell(startS, '', `${unreadable} of its seconds cannot be read`);
      return;
    }
    if (!Number.isNaN(due.first(MINUTE_S, id, startS, startS + MINUTE_S))) return;
    const made = new SpanSums();
    for (const observation of observations) made.addSecond(observation);
    const found = new CameraSums();
    const rows = cameraSpans.addTo(found, MINUTE_S, id, startS, startS + MINUTE_S);
    this.#compare(startS, '', rows, ofCamera(found), observations.length === 0 ? null : ofCamera(made.camera));
    for (const place of this.#camera.places) this.#checkPlace(startS, place, made);
  }

  #checkPlace(startS: number, { id, kind, name }: Place, made: SpanSums): void {
    const subject = `, ${kind} ${name}`;
    const endS = startS + MINUTE_S;
    if (kind === 'zone') {
      const found = new ZoneSums();
      const rows = this.#tables.zoneSpans.addTo(found, MINUTE_S, id, startS, endS);
      const sums = made.zones.get(name);
      this.#compare(startS, subject, rows, ofZone(found), sums ? ofZone(sums) : null);
    } else {
      const found = new GateSums();
      const rows = this.#tables.gateSpans.addTo(found, MINUTE_S, id, startS, endS);
      const sums = made.gates.get(name);
      this.#compare(startS, subject, rows, ofGate(found), sums ? ofGate(sums) : null);
    }
  }

  #compare(startS: number, subject: string, rows: number, found: Numbers, made: Numbers | null): void {
    if (rows === 0 && made === null) return;
    if (made === null) this.#tell(startS, subject, 'its seconds are missing');
    else if (rows === 0) this.#tell(startS, subject, 'it is missing, though its seconds are there');
    else {
      const names = different(found, made);
      if (names.length > 0) this.#tell(startS, subject, `it is not the sum of its seconds in ${names.join(' ')}`);
    }
  }

  #tell(startS: number, subject: string, problem: string): void {
    this.#problems.add(`Camera ${this.#camera.name}${subject}, minute from ${minuteText(startS)}: ${problem}.`);
  }
}

/** Minutes of which there is a second or a row, in order. */
const minutesOf = function* (tables: Tables, { id, fromS }: Camera): Generator<number> {
  const rolled = tables.cameraSpans.minutes(id, fromS, Number.MAX_SAFE_INTEGER);
  let at = 0;
  let next = fromS;
  for (;;) {
    const second = startOf(tables.seconds.firstFrom(id, next * 1000) / 1000, MINUTE_S);
    while (at < rolled.length && (Number.isNaN(second) || rolled[at] < second)) yield rolled[at++];
    if (Number.isNaN(second)) return;
    if (rolled[at] === second) at++;
    yield second;
    next = second + MINUTE_S;
  }
};

/** Compares every minute with its seconds, as far as these are still kept. */
export const checkMinutes = (database: DatabaseSync, problems: Problems, onShare: OnShare): void => {
  const tables = openTables(database);
  const cameras = camerasIn(database);
  const nowS = numberOf(rowsOf(prepare(database, 'SELECT max(start_ms) / 1000 FROM second'))[0]?.[0]);
  cameras.forEach((camera, i) => {
    const check = new MinuteCheck(tables, camera, problems);
    let first = Number.NaN;
    for (const startS of minutesOf(tables, camera)) {
      if (Number.isNaN(first)) first = startS;
      check.check(startS);
      const done = (startS + MINUTE_S - first) / Math.max(MINUTE_S, nowS - first);
      onShare((i + Math.min(1, done)) / cameras.length);
    }
  });
};
