/** Somebody who is signed in at a running site: the first administrator, with the link that the hub printed. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import * as z from 'zod';
import { type AlertEvent, alertEventSchema, type Moment, momentSchema } from '../../src/contract/index.ts';
import type { LiveRun } from './live-run.ts';

/** Of everybody. */
export const PASSWORD = 'four walkers on a square';

/** What the live stream tells, and when it came. */
export type Told = { readonly id: string; readonly receivedMs: number } & (
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'alert'; readonly event: AlertEvent }
);

const invitationSchema = z.looseObject({ link: z.looseObject({ token: z.string() }) });

const tokenSchema = z.looseObject({ secret: z.string() });

/** A session at the API. */
export class SignedIn {
  readonly #run: LiveRun;
  readonly #cookie: string;

  private constructor(run: LiveRun, cookie: string) {
    this.#run = run;
    this.#cookie = cookie;
  }

  /** Becomes the first administrator of a site that has none. */
  static async first(run: LiveRun): Promise<SignedIn> {
    await run.url;
    const [, token = ''] = /set-up#token=([\w-]+)/.exec(await run.outputWith('set-up#token=')) ?? [];
    return SignedIn.#setUp(run, { token, name: 'ada' });
  }

  static async #setUp(run: LiveRun, link: { readonly token: string; readonly name?: string }): Promise<SignedIn> {
    const answer = await fetch(`${await run.url}/api/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...link, password: PASSWORD }),
    });
    return new SignedIn(run, cookieOf(answer));
  }

  /** Invites somebody, who takes the invitation. */
  async invite(run: LiveRun, name: string, role: string): Promise<SignedIn> {
    const answer = await this.ask('/api/users', { method: 'POST', body: JSON.stringify({ name, role }) });
    const { link } = invitationSchema.parse(await answer.json());
    return SignedIn.#setUp(run, { token: link.token });
  }

  /** Signs in again: at the same site, after it was started anew. */
  static async again(run: LiveRun): Promise<SignedIn> {
    const answer = await fetch(`${await run.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'ada', password: PASSWORD }),
    });
    return new SignedIn(run, cookieOf(answer));
  }

  /** Makes a token for a program that may do whatever its owner may. */
  async token(): Promise<string> {
    const scopes = ['see', 'acknowledge', 'configure', 'administer', 'audit'];
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const answer = await this.ask('/api/tokens', {
      method: 'POST',
      body: JSON.stringify({ label: 'all', scopes, expires }),
    });
    return tokenSchema.parse(await answer.json()).secret;
  }

  /** Asks the API. */
  async ask(
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const origin = await this.#run.url;
    // As a browser says where a page is from.
    const headers = { 'content-type': 'application/json', cookie: this.#cookie, origin, ...init.headers };
    return fetch(`${origin}${path}`, { ...init, headers });
  }

  /** Everything that the live stream tells, until it ends. */
  async *listen(signal: AbortSignal, lastEventId?: string): AsyncGenerator<Told> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const { body } = await this.ask('/api/live', { signal, headers });
    if (!body) throw new Error('the live stream has no body');
    const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { id = '', event, data } of events) {
      const at = { id, receivedMs: Date.now() };
      if (event === 'moment') yield { ...at, kind: 'moment', moment: momentSchema.parse(JSON.parse(data)) };
      if (event === 'alert') yield { ...at, kind: 'alert', event: alertEventSchema.parse(JSON.parse(data)) };
    }
  }
}

const cookieOf = (answer: Response): string => {
  if (!answer.ok) throw new Error(`nobody could sign in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};
