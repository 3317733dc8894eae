/** A way to tell somebody: what the queue's senders need of a webhook, of mail and of MQTT. */
import type { AlertEvent } from '../../contract/index.ts';

/** Of which site it is. */
export interface SiteName {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timezone: string;
}

/** An event as a channel is given it. */
export interface Notice {
  /** The same at every try, and unlike that of every other event of every site: an idempotency key. */
  readonly id: string;
  readonly site: SiteName;
  /** Where to look, if anywhere. */
  readonly link: string | null;
  readonly event: AlertEvent;
}

/** How a try went. */
export type Delivery =
  | {
      readonly kind: 'delivered';
      /** It arrived, but not everywhere: what is to be mended; null when all is well. */
      readonly complaint: string | null;
    }
  | {
      readonly kind: 'failed';
      /** In words of our own: what a library says may hold an address with its password. */
      readonly why: string;
      /** The receiver does not want this message, and will not want it later. */
      readonly isRefused: boolean;
      /** The receiver asked to be left alone for so long; null when it did not. */
      readonly retryAfterMs: number | null;
    };

/** A way to tell somebody. */
export interface Channel {
  /** A try may last so long. */
  readonly timeoutMs: number;
  /** Tries once. The signal is aborted when the try is over, however it ended. */
  send(notice: Notice, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

/** It arrived. */
export const DELIVERED: Delivery = { kind: 'delivered', complaint: null };

/** It did not arrive. */
export const failed = (why: string, isRefused = false, retryAfterMs: number | null = null): Delivery => ({
  kind: 'failed',
  why,
  isRefused,
  retryAfterMs,
});

/** What programs are sent, as JSON. `docs/alerts.md` describes it; a change of meaning is a new version. */
export const envelopeOf = ({ id, site, link, event }: Notice): string =>
  JSON.stringify({ version: 1, kind: 'starling.alert-event', id, site, link, event });
