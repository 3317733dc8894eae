/**
 * What every store must do, whatever database keeps it: `describeStore('name', open)` in a test file of the adapter.
 * Figures are those of a model that adds everything up in the plainest way (`suite/model.fixture.ts`).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Retention } from '../contract/index.ts';
import type { Store } from './store.ts';
import { describeAddingUp } from './suite/adding-up.fixture.ts';
import { describeCalendar } from './suite/calendar.fixture.ts';
import { describeFields } from './suite/fields.fixture.ts';
import { describeGaps } from './suite/gaps.fixture.ts';
import { describeRefusals } from './suite/refusals.fixture.ts';
import { describeRetention } from './suite/retention.fixture.ts';
import { describeTaking } from './suite/taking.fixture.ts';
import {
  DAY_MS,
  histories,
  HOUR_MS,
  modelled,
  NOON,
  query,
  ROLLED,
  seconds,
  tendAll,
  Tested,
} from './suite/tools.fixture.ts';
import { describeUnknown } from './suite/unknown.fixture.ts';

/** What the store of an adapter's test is opened with. */
export const SUITE_RETENTION: Retention = {
  seconds: 2 * HOUR_MS,
  minutes: DAY_MS,
  quarterHours: 1000 * DAY_MS,
  fields: Number.POSITIVE_INFINITY,
};

/** A store that begins empty. */
interface OpenStore {
  readonly store: Store;
  /** Lets go of it, and opens it again. */
  reopen(): Promise<Store>;
  /** Lets go of it, and takes it away. */
  remove(): Promise<void>;
}

const describeReopening = (tested: Tested, reopen: () => Promise<Store>): void => {
  it('has it all when it is opened again, and finds nothing wrong', async () => {
    const camera = 'again';
    const all = seconds(60, camera, NOON, 30_000);
    await tested.store.append(all.slice(0, 40));
    await tendAll(tested.store, NOON + HOUR_MS / 4);
    await tested.store.append(all.slice(40));
    const store = await reopen();
    tested.store = store;
    for (const step of ['second', ...ROLLED] as const) {
      const asked = query({ camera, step });
      expect(await histories(store, asked)).toEqual(modelled(all, asked));
    }
    expect((await store.latest()).get(camera)).toBe(60);
    expect(store.status()).toEqual({ state: 'ok' });
    expect((await store.check()).problems).toEqual([]);
  });
};

/**
 * The contract of {@link Store}. Every test has cameras of its own in one store.
 *
 * @param open opens an empty store with {@link SUITE_RETENTION}
 */
export const describeStore = (name: string, open: () => Promise<OpenStore>): void => {
  describe(`the store of ${name}`, () => {
    const tested = new Tested();
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
      tested.store = opened.store;
    });
    afterAll(() => opened.remove());

    describeTaking(tested);
    describeAddingUp(tested);
    describeUnknown(tested);
    describeGaps(tested);
    describeCalendar(tested);
    describeFields(tested);
    describeRetention(tested);
    describeReopening(tested, () => opened.reopen());
    describeRefusals(tested);
  });
};
