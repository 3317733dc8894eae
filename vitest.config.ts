import { defineConfig } from 'vitest/config';

const LIVE = 'test/live*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // One a core; the default leaves one idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['test/fixtures/**', LIVE],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole sites at work, held to seconds of the clock: alone, after everything else.
        extends: true,
        test: { name: 'live', include: [LIVE], sequence: { groupOrder: 1 }, maxWorkers: 1 },
      },
    ],
  },
});
