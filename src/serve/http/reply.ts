/** Answers and refusals as they go out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, namesTag } from './etag.ts';
import { type OnFault, PROBLEM_MEDIA, refusalOf } from './problem.ts';
import type { Answer, AnswerHeaders } from './route.ts';

/** Nothing of a site is kept by a browser or a proxy, unless a route says so. */
const setHeaders = (reply: FastifyReply, headers: AnswerHeaders = {}): FastifyReply =>
  reply.headers({ 'cache-control': 'no-store', ...headers });

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const sendValue = (request: FastifyRequest, reply: FastifyReply, answer: Extract<Answer, { kind: 'value' }>) => {
  const text = JSON.stringify(answer.value);
  const { status = 200, headers = {} } = answer;
  setHeaders(reply, headers);
  if (isRead(request) && status === 200) {
    const tag = String(headers['etag'] ?? etagOf(text));
    reply.header('etag', tag);
    if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  }
  reply.code(status).type('application/json; charset=utf-8');
  if (request.method !== 'HEAD') return reply.send(text);
  return reply.header('content-length', String(Buffer.byteLength(text))).send();
};

/** Sends what a route answered. A HEAD gets the headers of it, and a stream that was begun for it ends at once. */
export const sendAnswer = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
  if (answer.kind === 'value') return sendValue(request, reply, answer);
  setHeaders(reply, answer.headers);
  if (answer.kind === 'nothing') return reply.code(204).send();
  reply.type(answer.type);
  if (request.method !== 'HEAD') return reply.send(answer.stream);
  answer.stream.destroy();
  return reply.send();
};

/** Sends what is told of an error. */
export const sendRefusal = (error: unknown, reply: FastifyReply, onFault: OnFault): FastifyReply => {
  const { problem, headers } = refusalOf(error, onFault);
  // What nobody reads would be waited for, and then be taken for the next request.
  if (!reply.request.raw.complete) reply.header('connection', 'close');
  return setHeaders(reply, headers).code(problem.status).type(PROBLEM_MEDIA).send(JSON.stringify(problem));
};
