import { defineConfig } from 'vitest/config';

/** The tests in a real editor: one file after the other, because each has its own browser and VS Code. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
