/**
 * Whether a hub lives, and whether it does its work: for whoever starts it again.
 *
 * ```
 * GET /healthz   200 while the process lives, with the health of every camera and of the ledger
 * GET /readyz    200 when every camera is known and the ledger takes observations, else 503 with the same body
 * ```
 */
import * as z from 'zod';
import { type CameraHealth, cameraHealthSchema } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../http/route.ts';

/** How a site is, as the hub knows it. */
export interface SiteHealth {
  readonly site: string;
  readonly upS: number;
  /** What is wrong with the ledger, null when all is well. */
  readonly ledger: { readonly code: string; readonly message: string } | null;
  readonly cameras: readonly ({ readonly camera: string } & CameraHealth)[];
}

const healthSchema = z.strictObject({
  site: z.string(),
  upS: z.number(),
  ledger: z.strictObject({ code: z.string(), message: z.string() }).nullable().describe('Null: all is well'),
  cameras: z.array(z.strictObject({ camera: z.string(), ...cameraHealthSchema.shape })),
});

const isReady = ({ ledger, cameras }: SiteHealth): boolean =>
  ledger === null && cameras.every(({ state }) => state === 'ok' || state === 'degraded');

const OPEN = {
  method: 'GET',
  access: 'public',
  audit: null,
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  reply: healthSchema,
} as const;

/** Routes of health. */
export const healthRoutes = (parts: { readonly health: () => SiteHealth }): Route[] => [
  route({
    ...OPEN,
    path: '/healthz',
    id: 'getHealth',
    summary: 'The process lives; how its cameras and its ledger are',
    handle: async () => ({ kind: 'value', value: parts.health() }),
  }),
  route({
    ...OPEN,
    path: '/readyz',
    id: 'getReadiness',
    summary: 'Whether every camera is known and the ledger takes observations: 200, else 503',
    handle: async () => {
      const value = parts.health();
      return { kind: 'value', value, status: isReady(value) ? 200 : 503 };
    },
  }),
];
