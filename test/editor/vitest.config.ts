import { defineConfig } from 'vitest/config';

/** The tests in a real editor: one file after the other, since each has a browser and a VS Code of its own. */
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
