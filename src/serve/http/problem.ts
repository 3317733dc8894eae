/**
 * Errors as RFC 9457 has them (application/problem+json), with the code of the catalogue and how to mend it. What went
 * wrong inside is for the log only.
 */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';
import { inputIssues, inputIssueSchema } from './issues.ts';
import { statusOf } from './status.ts';

/** Media type of an answer that says what went wrong. */
export const PROBLEM_MEDIA = 'application/problem+json';

/** What an answer says that is no success. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string().describe('The status in words'),
  status: z.int().min(400).max(599),
  code: z.string().describe('Of the catalogue, docs/errors.md; it never changes'),
  detail: z.string().describe('What happened, and to what'),
  mend: z.string().describe('How to mend it'),
  instance: z.string().optional().describe("Of a fault of Starling's own: the log has it under this name"),
  errors: z.array(inputIssueSchema).optional().describe('Of bad input: what is wrong, and where'),
});

/** What an answer says that is no success. */
export type Problem = z.infer<typeof problemSchema>;

/** Told of what should never happen, with the name under which the one who asked was told of it. */
export type OnFault = (error: unknown, instance: string) => void;

/** What the framework calls what it refuses. */
const FRAMEWORK: Readonly<Record<string, () => StarlingError>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new StarlingError('SERVE_WRONG_MEDIA', {}),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new StarlingError('SERVE_TOO_LARGE', { part: 'the body', most: '1 MiB' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => badInput('the body has another length than was said'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => badInput('the body is said to be JSON, and is empty'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => badInput('the body is not JSON'),
  FST_ERR_BAD_URL: () => badInput('the address is not well-formed'),
  FST_ERR_MAX_PARAM_LENGTH: () => badInput('a name in the address is too long'),
};

const badInput = (problem: string): StarlingError => new StarlingError('SERVE_BAD_INPUT', { problem });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whatever the framework holds against a request, and not against us. */
const isClients = (error: unknown): boolean =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500;

/** As an error of the catalogue; null for a fault of our own. */
const known = (error: unknown): StarlingError | null => {
  if (error instanceof StarlingError) return error;
  const make = Object.hasOwn(FRAMEWORK, codeOf(error)) ? FRAMEWORK[codeOf(error)] : undefined;
  if (make) return make();
  return isClients(error) ? badInput('it is not well-formed') : null;
};

const told = (error: StarlingError, status: number): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code: error.code,
  detail: error.message,
  mend: error.mend,
});

const ofInput = (error: z.ZodError): Problem => {
  const errors = inputIssues(error);
  const [first] = errors;
  const problem = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'it does not fit';
  return { ...told(badInput(problem), 400), errors };
};

const fault = (error: unknown, onFault: OnFault): Problem => {
  const instance = `urn:uuid:${randomUUID()}`;
  onFault(error, instance);
  const told500 = new StarlingError('CLI_INTERNAL', { problem: `the hub's log has it as ${instance}` });
  return { ...told(told500, 500), instance };
};

/** Seconds after which it is worth trying again; null where nothing is known of that. */
const retryAfterS = ({ code, details }: StarlingError, status: number): number | null => {
  const said = Number(details['seconds'] ?? details['waitS']);
  if (status === 429 && said > 0) return Math.ceil(said);
  if (code === 'SERVE_NOTHING_YET') return 1;
  return status === 503 ? 5 : null;
};

const headersOf = (error: StarlingError, status: number): Record<string, string> => {
  const seconds = retryAfterS(error, status);
  return {
    ...(seconds !== null && { 'retry-after': String(seconds) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="starling"' }),
    ...(error.code === 'SERVE_NO_SUCH_METHOD' && { allow: String(error.details['methods']) }),
  };
};

/** A problem, and the headers that go with it. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is told of an error, whatever it is: no stack, no path into the code, no words of a library. */
export const refusalOf = (error: unknown, onFault: OnFault): Refusal => {
  if (error instanceof z.ZodError) return { problem: ofInput(error), headers: {} };
  const starling = known(error);
  const status = starling === null ? 500 : statusOf(starling.code);
  if (starling === null || status === 500) return { problem: fault(error, onFault), headers: {} };
  return { problem: told(starling, status), headers: headersOf(starling, status) };
};
