import { defineConfig } from 'vitest/config';

/**
 * Longer than any machine takes: no test waits on time, so this ends only what hangs. What a test awaits by asking again
 * and again gets less, so that the failure names it.
 */
const HANGS = 1_800_000;
const NEVER_COMES = 120_000;

export default defineConfig({
  resolve: { conditions: ['farthing-source'] },
  ssr: { resolve: { conditions: ['farthing-source'] } },
  test: {
    include: ['{shared,server,runtime,client}/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/fixtures/**', 'test/editor/**'],
    // Most of a run starts programs and waits for them: by default one core would stay free for nothing.
    maxWorkers: '100%',
    testTimeout: HANGS,
    hookTimeout: HANGS,
    teardownTimeout: HANGS,
    expect: { poll: { timeout: NEVER_COMES, interval: 20 } },
  },
});
