import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { asking, openHub } from './hub.fixture.ts';
import { describeApi } from './table.ts';

const record = z.record(z.string(), z.unknown());
const partsSchema = z.looseObject({ components: z.looseObject({ schemas: record, responses: record }) });

test('the document is OpenAPI 3.1, says an independent validator', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(describeApi()));
  expect(errors ?? []).toEqual([]);
  expect([valid, validator.version]).toEqual([true, '3.1']);
});

test('a hub answers with it, whoever asks', async () => {
  await using hub = await openHub({ observations: [] });
  const { status, text } = await asking(hub, null)('GET', '/api/openapi.json');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual(describeApi());
});

test('every reference leads somewhere', () => {
  const { components } = partsSchema.parse(describeApi());
  const references = JSON.stringify(describeApi()).matchAll(/"#\/components\/(schemas|responses)\/(\w+)"/g);
  const missing = [...references].filter(
    ([, kind, name]) => !Object.hasOwn(kind === 'schemas' ? components.schemas : components.responses, name),
  );
  expect(missing).toEqual([]);
});
