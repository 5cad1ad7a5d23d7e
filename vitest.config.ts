import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { peggyPlugin } from './scripts/lib/peggy-plugin.mjs';

export default defineConfig({
  plugins: [react(), peggyPlugin()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          // Half of the time would go by with loading the same modules for each file anew.
          isolate: false,
          // Some go over millions of small things: a busy machine may take its time, only a hang must not.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // One window at a time: they share one display, and two engines on two cores would wait for each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
