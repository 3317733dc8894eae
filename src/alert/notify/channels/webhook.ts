/**
 * A webhook: the event as JSON, in a POST that its receiver can check.
 *
 * ```
 * content-type: application/json
 * idempotency-key: old-town-17-1790000000000      the same at every try
 * starling-timestamp: 1790000001                  s since 1970, of this try
 * starling-signature: sha256=9f86d0…              HMAC-SHA-256 of "TIMESTAMP.BODY", in hex
 * ```
 */
import { createHmac } from 'node:crypto';
import { type Channel, DELIVERED, type Delivery, envelopeOf, failed, type Notice } from '../channel.ts';
import { type Endpoint, endpointOf } from '../endpoint.ts';
import { whyOf } from '../why.ts';

/** Whom to post to. */
export interface WebhookOptions {
  readonly webhook: string;
  readonly secret?: string | undefined;
}

const TIMEOUT_MS = 10_000;
/** Refusals that may be over the next time: too slow, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/**
 * The signature of a webhook.
 *
 * @param timestamp s since 1970, as in the header
 * @returns `sha256=` and the HMAC in hex
 */
const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** Of a `Retry-After` header: seconds, or a date. Null when there is none that can be understood. */
export const retryAfterMs = (header: string | null, nowMs: number): number | null => {
  if (header === null) return null;
  const waitMs = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
};

const deliveryOf = (response: Response, nowMs: number): Delivery => {
  const { status } = response;
  if (response.ok) return DELIVERED;
  const waitMs = retryAfterMs(response.headers.get('retry-after'), nowMs);
  if (status < 400) return failed(`it answered ${status}, and redirects are not followed`, true, waitMs);
  return failed(`it answered ${status}`, status < 500 && !PASSING.has(status), waitMs);
};

const headersOf = (body: string, { id }: Notice, endpoint: Endpoint, secret: string | undefined): Headers => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = new Headers({
    'content-type': 'application/json',
    'user-agent': 'starling',
    'idempotency-key': id,
    'starling-timestamp': timestamp,
  });
  if (secret !== undefined) headers.set('starling-signature', signatureOf(secret, timestamp, body));
  // fetch refuses a URL with a password, and tells the whole URL in its error.
  if (endpoint.user) {
    const { name, password } = endpoint.user;
    headers.set('authorization', `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
  }
  return headers;
};

/** Makes the channel. */
export const webhookChannel = ({ webhook, secret }: WebhookOptions): Channel => {
  const endpoint = endpointOf(webhook);
  const send = async (notice: Notice, signal: AbortSignal): Promise<Delivery> => {
    if (!endpoint) return failed('its address is no URL', true);
    const body = envelopeOf(notice);
    try {
      const headers = headersOf(body, notice, endpoint, secret);
      const response = await fetch(endpoint.bare, { method: 'POST', body, headers, signal, redirect: 'manual' });
      // Nobody reads it, and its receiver may not end it.
      await response.body?.cancel();
      return deliveryOf(response, Date.now());
    } catch (error) {
      return failed(whyOf(error));
    }
  };
  return { timeoutMs: TIMEOUT_MS, send, close: () => {} };
};
