/** What the API does to alerts, joined with those who are told of it. */
import type { Alert, AlertEvent } from '../../contract/index.ts';
import { StarlingError } from '../../contract/index.ts';
import type { AlertDesk, AlertLogQuery } from '../../serve/index.ts';
import type { Alarm } from './alarm.ts';

const logQuery = ({ beyond, order, ...query }: AlertLogQuery) => ({
  ...query,
  newestFirst: order === 'newestFirst',
  ...(beyond !== undefined && (order === 'newestFirst' ? { beforeSequence: beyond } : { afterSequence: beyond })),
});

/** The alerts of a running site. */
export const alertDesk = (alarm: Alarm): AlertDesk => {
  const { alerts } = alarm;
  const after = (id: string, events: readonly AlertEvent[]): Alert => {
    alarm.tell(events);
    const alert = alerts.find(id);
    if (!alert) throw new StarlingError('ALERT_NOT_FOUND', { id });
    return alert;
  };
  return {
    current: () => alerts.current(),
    find: (id) => alerts.find(id),
    log: (query) => alerts.log(logQuery(query)),
    acknowledge: (id, by) => after(id, alerts.acknowledge(id, by, Date.now())),
    note: (id, by, text) => after(id, alerts.note(id, by, text, Date.now())),
    suppress: (rule, untilMs, by, why) => alarm.tell(alerts.suppress(rule, untilMs, by, why, Date.now())),
    resume: (rule, by) => alarm.tell(alerts.resume(rule, by, Date.now())),
  };
};
