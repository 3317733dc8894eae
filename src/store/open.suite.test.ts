import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { describeStore, SUITE_RETENTION } from './suite.fixture.ts';

describeStore('SQLite in threads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-suite-'));
  const open = (): Promise<Store> => openStore({ folder, retention: SUITE_RETENTION });
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store[Symbol.asyncDispose]();
      store = await open();
      return store;
    },
    remove: async () => {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
