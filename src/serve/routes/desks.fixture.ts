/** The site and the alerts of tests: desks that keep what they are told in memory. */
import { type Alert, type AlertEvent, type Moment, siteSchema, StarlingError } from '../../contract/index.ts';
import type { AlertDesk, AlertLogQuery } from './alerts.ts';
import type { SiteChange, SiteDesk, SiteState } from './site.ts';

/** When the ledger's figures begin: noon of a day in March, UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** What is written in the site file of the tests; the passwords in it may appear nowhere. */
export const SITE_FORM = {
  site: { id: 'old-town', name: 'Old Town Market', timezone: 'Europe/Amsterdam' },
  cameras: [
    { id: 'square-north', source: 'rtsp://admin:hunter2@camera.local/1?token=t0psecret', fps: 5 },
    { id: 'stairs', source: 'sim://surge?people=50' },
    { id: 'door', source: 'rtsp://${USER}:${PASSWORD}@door.local/1' },
  ],
  zones: [
    {
      id: 'square',
      polygon: [
        [0, 0],
        [12, 0],
        [12, 9],
        [0, 9],
      ],
    },
    {
      id: 'kerb',
      camera: 'square-north',
      image: [
        [0.1, 0.5],
        [0.4, 0.5],
        [0.4, 0.9],
      ],
    },
  ],
  gates: [
    {
      id: 'north-gate',
      line: [
        [0, 0],
        [4, 0],
      ],
    },
    {
      id: 'door',
      camera: 'door',
      image: [
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
  rules: [
    { id: 'crowded', when: 'density(square) > 3.5', for: '20s', notify: ['control-room'], expireAfter: 'forever' },
  ],
  notify: {
    'control-room': { webhook: 'https://hooks.example.org/services/T0/B0/hush-hush', secret: 'a-very-secret-secret' },
    mail: { email: { smtp: 'smtps://me:sesame@mail.example.org', from: 'a@example.org', to: ['b@example.org'] } },
  },
};
/** What may be in no answer and in no log. */
export const SECRETS = ['hunter2', 't0psecret', 'hush-hush', 'a-very-secret-secret', 'sesame'];

const FIGURES: Moment['cameras'][number]['view'] = {
  occupancy: { value: 31, standardError: 2, partial: false },
  densityPerM2: null,
  speedMps: null,
  pressurePerS2: null,
  counterflowIndex: null,
  standing: null,
  stoppedS: null,
};

/** A moment of the site. */
export const momentOf = (second: number): Moment => ({
  timeMs: NOON + second * 1000,
  zones: [{ zone: 'square', areaM2: 108, knownShare: 1, figures: FIGURES }],
  gates: [{ gate: 'north-gate', widthM: 4, inPerMin: null, outPerMin: null }],
  cameras: [{ camera: 'square-north', health: { state: 'ok', reasons: [] }, view: FIGURES }],
});

/** An alert that was raised. */
const alertOf = (id: string): Alert => ({
  id,
  kind: 'condition',
  subject: 'crowded',
  severity: 'warning',
  state: 'raised',
  message: 'density(square) is 3.8 ± 0.2 per m², above 3.5',
  pendingMs: NOON,
  raisedMs: NOON + 20_000,
  acknowledgedMs: null,
  acknowledgedBy: null,
  endedMs: null,
  isOver: false,
  isBlind: false,
  escalations: 0,
  notes: [],
});

/** Alerts and their log in memory. */
export class MemoryAlerts implements AlertDesk {
  readonly alerts = new Map<string, Alert>([['a-1', alertOf('a-1')]]);
  readonly lines: AlertEvent[] = [];
  readonly #tell: (event: AlertEvent) => void;

  constructor(tell: (event: AlertEvent) => void) {
    this.#tell = tell;
    for (let i = 0; i < 5; i++) this.happen('noted', 'crowded', null, `line ${i + 1}`);
  }

  happen(
    kind: AlertEvent['kind'],
    subject: string,
    alert: Alert | null,
    text: string | null,
    by: string | null = null,
  ): void {
    const sequence = this.lines.length + 1;
    const event = { sequence, timeMs: NOON + sequence * 1000, kind, by, subject, alert, notify: [], text };
    this.lines.push(event);
    this.#tell(event);
  }

  current = (): Alert[] => [...this.alerts.values()];
  find = (id: string): Alert | null => this.alerts.get(id) ?? null;

  log = ({
    fromMs = 0,
    toMs = Number.POSITIVE_INFINITY,
    subject,
    beyond,
    order,
    limit,
  }: AlertLogQuery): AlertEvent[] => {
    const fits = ({ timeMs, ...line }: AlertEvent): boolean =>
      timeMs >= fromMs && timeMs < toMs && (subject === undefined || line.subject === subject);
    const inOrder = order === 'oldestFirst' ? this.lines : this.lines.toReversed();
    const isBeyond = ({ sequence }: AlertEvent): boolean =>
      beyond === undefined || (order === 'oldestFirst' ? sequence > beyond : sequence < beyond);
    return inOrder.filter((line) => fits(line) && isBeyond(line)).slice(0, limit);
  };

  acknowledge = (id: string, by: string): Alert =>
    this.#change(id, { state: 'acknowledged', acknowledgedBy: by, acknowledgedMs: NOON });
  note = (id: string, by: string, text: string): Alert =>
    this.#change(id, { notes: [...(this.find(id)?.notes ?? []), { timeMs: NOON, by, text }] });
  suppress = (rule: string, _: number, by: string, why: string): void => this.happen('suppressed', rule, null, why, by);
  resume = (rule: string, by: string): void => this.happen('resumed', rule, null, null, by);

  #change(id: string, change: Partial<Alert>): Alert {
    const alert = { ...alertOf(id), ...this.alerts.get(id), ...change };
    this.alerts.set(id, alert);
    this.happen('acknowledged', alert.subject, alert, null);
    return alert;
  }
}

/** A site file in memory. */
export class MemorySite implements SiteDesk {
  #states: (SiteState & SiteChange)[];

  constructor(form: unknown) {
    this.#states = [this.#state(form, 1, null)];
  }

  get = (): SiteState => this.#now();

  change = async (written: unknown, version: string, by: string): Promise<SiteState> => {
    const current = this.#now().version;
    if (version !== current) throw new StarlingError('SITE_CHANGED_MEANWHILE', { version, current });
    this.#states.push(this.#state(written, this.#states.length + 1, by));
    return this.#now();
  };

  undo = async (): Promise<SiteState> => {
    if (this.#states.length < 2) throw new StarlingError('SITE_NOTHING_TO_UNDO', { path: 'site.yaml' });
    this.#states.pop();
    return this.#now();
  };

  history = async (): Promise<SiteChange[]> => this.#states.toReversed().slice(0, 100);

  #now(): SiteState & SiteChange {
    const now = this.#states.at(-1);
    if (now === undefined) throw new Error('there is always a site');
    return now;
  }

  #state(written: unknown, number: number, by: string | null): SiteState & SiteChange {
    return { site: siteSchema.parse(written), written, version: `v${number}`, timeMs: NOON, by };
  }
}
