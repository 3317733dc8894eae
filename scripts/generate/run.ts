/**
 * Writes the files that are made from the code: `npm run generate`. With `--check` it writes nothing and fails when
 * one of them is not what the code would make now.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { errorsPage } from './errors-page.ts';
import { healthPage } from './health-page.ts';
import { observationJsonSchema, siteJsonSchema } from './json-schemas.ts';
import { openApiPage } from './openapi.ts';
import { resultsPage } from './results-page.ts';

const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/errors.md': errorsPage,
  'docs/health.md': healthPage,
  'docs/observation.schema.json': observationJsonSchema,
  'docs/openapi.json': openApiPage,
  'docs/results.md': resultsPage,
  'docs/site.schema.json': siteJsonSchema,
};

const check = process.argv.includes('--check');
for (const [path, make] of Object.entries(GENERATED)) {
  const made = make();
  const same = existsSync(path) && readFileSync(path, 'utf8') === made;
  if (same) continue;
  if (check) {
    console.log(`${path} is out of date: run \`npm run generate\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, made);
    console.log(`wrote ${path}`);
  }
}
