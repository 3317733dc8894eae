/** Mail, by SMTP: a plain text to everybody of a list. */
import { createTransport } from 'nodemailer';
import type { Notifier } from '../../../contract/index.ts';
import { type Channel, DELIVERED, type Delivery, failed, type Notice } from '../channel.ts';
import { type Endpoint, endpointOf, isLoopback } from '../endpoint.ts';
import { whyOf } from '../why.ts';
import { bodyOf, oneLine, subjectOf } from './mail-text.ts';

/** Through which server, from whom, to whom. */
export type MailOptions = Extract<Notifier, { email: unknown }>['email'];

/** Of each step. A mail takes some, so that all of it may last longer. */
const STEP_MS = 10_000;
const TIMEOUT_MS = 30_000;

/**
 * `smtps://` is TLS from the first byte. `smtp://` becomes TLS where the server offers it; where it does not, no password
 * is sent, unless the server is this very machine.
 */
const transportOf = (endpoint: Endpoint) => {
  const secure = endpoint.protocol === 'smtps';
  return createTransport({
    host: endpoint.host,
    port: endpoint.port ?? (secure ? 465 : 587),
    secure,
    requireTLS: !secure && endpoint.user !== null && !isLoopback(endpoint),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    ...(endpoint.user ? { auth: { user: endpoint.user.name, pass: endpoint.user.password } } : {}),
  });
};

/** Of `Control Room <control@example.org>`: what stands behind the last @. */
const domainOf = (from: string): string => /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'starling.invalid';
const asToken = (text: string): string => text.replaceAll(/[^\w-]/g, '_');

const mailOf = (notice: Notice, { from, to }: MailOptions) => {
  const { alert } = notice.event;
  const domain = domainOf(from);
  return {
    from: oneLine(from),
    to: to.map(oneLine),
    subject: subjectOf(notice),
    text: bodyOf(notice),
    // The same at every try, so that mail programs show one that came twice once; and all of an alert in one thread.
    messageId: `<${asToken(notice.id)}@${domain}>`,
    ...(alert ? { references: [`<alert-${asToken(alert.id)}@${domain}>`] } : {}),
    ...(alert?.severity === 'critical' ? { priority: 'high' as const } : {}),
    // RFC 3834: nobody's holiday is to be told to Starling.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Starling-Event': asToken(notice.id) },
    xMailer: false as const,
  };
};

const read = (error: unknown, key: string): unknown => (error instanceof Error ? Reflect.get(error, key) : undefined);

/** What Nodemailer says when it is the mail that is refused, and not the connection or the password. */
const OF_THE_MAIL = new Set<unknown>(['EENVELOPE', 'EMESSAGE']);
/** SMTP: a password is asked for first. */
const AUTHENTICATION_REQUIRED = 530;

/** Of SMTP, 5xx is for good and 4xx for now. */
const failureOf = (error: unknown): Delivery => {
  const said = read(error, 'responseCode');
  const code = typeof said === 'number' ? said : 0;
  const isRefused = OF_THE_MAIL.has(read(error, 'code')) && code >= 500 && code !== AUTHENTICATION_REQUIRED;
  return failed(code > 0 ? `${whyOf(error)} (it answered ${code})` : whyOf(error), isRefused);
};

const complaining = (refused: number, { to }: MailOptions): Delivery => ({
  kind: 'delivered',
  complaint: `${refused} of ${to.length} addresses refused it`,
});

/** Makes the channel. */
export const mailChannel = (options: MailOptions): Channel => {
  const endpoint = endpointOf(options.smtp);
  const transport = endpoint && transportOf(endpoint);
  const send = async (notice: Notice): Promise<Delivery> => {
    if (!transport) return failed('its address is no URL', true);
    try {
      const { rejected } = await transport.sendMail(mailOf(notice, options));
      // Trying again would tell the others twice.
      return rejected.length === 0 ? DELIVERED : complaining(rejected.length, options);
    } catch (error) {
      return failureOf(error);
    }
  };
  return { timeoutMs: TIMEOUT_MS, send, close: () => transport?.close() };
};
