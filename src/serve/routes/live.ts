/** How the site is now, once or second by second. */
import { type Moment, momentSchema, StarlingError } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../http/route.ts';
import type { LiveFeed } from '../live/live-feed.ts';

interface LiveParts {
  /** The last second that is over; null while there is none. */
  readonly moment: () => Moment | null;
  readonly live: LiveFeed;
}

const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

/** Routes of the present. */
export const liveRoutes = (parts: LiveParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/now',
    id: 'getNow',
    summary: 'The site as it was in the last second that is over',
    access: 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: momentSchema,
    handle: async () => {
      const value = parts.moment();
      if (value === null) throw new StarlingError('SERVE_NOTHING_YET', {});
      return { kind: 'value', value };
    },
  }),
  route({
    method: 'GET',
    path: '/api/live',
    id: 'getLive',
    summary:
      'Server-Sent Events: `moment` (as /api/now), `alert` (a line of the shift log), `missed` (ask for alerts anew). Last-Event-ID goes on after an event',
    access: 'see',
    audit: 'looked',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: null,
    media: 'text/event-stream',
    handle: async ({ caller, headers }) => ({
      kind: 'stream',
      stream: await parts.live.join({ name: caller.name, lastEventId: one(headers['last-event-id']) }),
      type: 'text/event-stream; charset=utf-8',
      // A proxy that gathers answers would hold events back.
      headers: { 'x-accel-buffering': 'no' },
    }),
  }),
];
