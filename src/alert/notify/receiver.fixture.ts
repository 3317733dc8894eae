import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

/** What a webhook was sent. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a webhook answers; null is never. */
export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | null;

/** A webhook that can be told how to answer. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Sequences of the events that came, in order. */
  readonly sequences: () => number[];
  answer: (received: Received) => Answer;
}

const envelope = z.object({ event: z.object({ sequence: z.number() }) });

const close = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
};

/** Starts to listen; on the same port again where one is given. */
export const startReceiver = async (port = 0): Promise<Receiver> => {
  const received: Received[] = [];
  const server = createServer(async (request, reply) => {
    const one = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    received.push(one);
    const answer = receiver.answer(one);
    if (answer) reply.writeHead(answer.status, answer.headers).end('{"password":"of the receiver"}');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const receiver: Receiver = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`,
    received,
    sequences: () => received.map(({ body }) => envelope.parse(JSON.parse(body)).event.sequence),
    answer: () => ({ status: 204 }),
    [Symbol.asyncDispose]: () => close(server),
  };
  return receiver;
};
