/** Observations as the ledger keeps them: JSON, packed. */
import * as z from 'zod';
import type { Observation } from '../../contract/index.ts';
import { DICTIONARY } from './dictionary.ts';
import { pack, unpack } from './packed.ts';

const PACKING = { format: 1, dictionary: DICTIONARY };

// The check sum says that it is what was written, and only observations are: checking it field by field again takes ten
// times as long as reading it.
const storedSchema = z.custom<Observation>((value) => typeof value === 'object' && value !== null);

/** An observation as it is stored. */
export const encodeBody = (observation: Observation): Uint8Array => pack(JSON.stringify(observation), PACKING);

/** An observation from what is stored; undefined when that is damaged. */
export const decodeBody = (body: Uint8Array): Observation | undefined => {
  try {
    const text = unpack(body, PACKING)?.toString('utf8');
    return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
