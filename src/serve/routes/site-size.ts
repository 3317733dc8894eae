/**
 * How large a site file may be that comes over the API. Whether a polygon crosses itself takes time with the square of
 * its corners, and the hub has other things to do meanwhile.
 */
import * as z from 'zod';

/** Items of a list: cameras, zones, corners. */
const MOST_ITEMS = 1000;
/** Sum of the squares of the corners of all polygons: one of 500, or 999 of 15. */
const MOST_WORK = 250_000;

const refuse = (message: string): never => {
  throw new z.ZodError([{ code: 'custom', path: ['body'], message, input: undefined }]);
};

/**
 * Refuses a site file that would take long to check.
 *
 * @throws ZodError
 */
export const checkSiteSize = (form: unknown): void => {
  let work = 0;
  // No recursion: what was sent can be nested as deep as it is long.
  const rest: unknown[] = [form];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    const items = Object.values(value);
    if (items.length > MOST_ITEMS) refuse(`no list in a site file has more than ${MOST_ITEMS} items`);
    if (Array.isArray(value) && Array.isArray(value[0])) work += items.length ** 2;
    if (work > MOST_WORK)
      refuse('its polygons have too many corners; 500 in one, or 15 in each of a thousand, are taken');
    for (const item of items) rest.push(item);
  }
};
