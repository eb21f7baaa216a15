import { defineConfig } from 'vitest/config';

/**
 * Three kinds of tests. `unit` is pure and takes seconds; `contract` holds our wire formats against independent tools;
 * `lab` runs containers and whole labs, one file after another.
 */
export default defineConfig({
  test: {
    projects: [
      {
        // The first test that runs the command line builds it; a busy machine takes its time.
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['test/integration/**/*.test.ts', 'test/scenarios/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
