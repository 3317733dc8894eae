import * as z from 'zod';
import { siteSchema } from '../../src/contract/index.ts';

/** `docs/site.schema.json`: the JSON Schema of a site file, so that editors complete and check it. */
export const siteJsonSchema = (): string =>
  `${JSON.stringify(
    { $id: 'starling-site', title: 'Starling site file', ...z.toJSONSchema(siteSchema, { io: 'input' }) },
    null,
    2,
  )}\n`;
