import { StarlingError, type Summary, summarySchema } from '../contract/index.ts';
import { roundFigure } from './csv.ts';

const withoutFloatNoise = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? roundFigure(value) : value;

/**
 * The text of `summary.json`: checked against its schema, keys in the schema's order, figures rounded to six decimals,
 * two spaces a level, a line feed at the end.
 *
 * @throws CLI_INTERNAL when the summary does not fit its schema
 */
export const formatSummary = (summary: Summary): string => {
  const checked = summarySchema.safeParse(summary);
  if (checked.success) return `${JSON.stringify(checked.data, withoutFloatNoise, 2)}\n`;
  const problem = `the summary does not fit its schema (${checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')})`;
  throw new StarlingError('CLI_INTERNAL', { problem }, { cause: checked.error });
};
