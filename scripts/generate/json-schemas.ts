import * as z from 'zod';
import { OBSERVATION_VERSION, observationSchema, siteSchema } from '../../src/contract/index.ts';

const asText = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

/** `docs/site.schema.json`: the JSON Schema of a site file, so that editors complete and check it. */
export const siteJsonSchema = (): string =>
  asText({ $id: 'starling-site', title: 'Starling site file', ...z.toJSONSchema(siteSchema, { io: 'input' }) });

/** `docs/observation.schema.json`: the JSON Schema of what crosses the line between a sensor and the hub. */
export const observationJsonSchema = (): string =>
  asText({
    $id: `starling-observation-${OBSERVATION_VERSION}`,
    title: `Starling observation, version ${OBSERVATION_VERSION}`,
    ...z.toJSONSchema(observationSchema),
  });
