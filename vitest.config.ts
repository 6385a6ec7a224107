import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['farthing-source'] },
  ssr: { resolve: { conditions: ['farthing-source'] } },
  test: {
    include: ['{shared,server,runtime,client}/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/fixtures/**', 'test/editor/**'],
    testTimeout: 30_000,
  },
});
