import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { NATIVE_PACKAGES } from './scripts/lib/native-packages.mjs';
import { peggyPlugin } from './scripts/lib/peggy-plugin.mjs';

// The oldest runtime that the application is run on: Electron 33.
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [peggyPlugin()],
    build: {
      target: NODE_TARGET,
      outDir: 'out',
      emptyOutDir: false,
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron', ...NATIVE_PACKAGES],
        input: {
          'main/index': at('src/main/index.ts'),
          'engine/index': at('src/engine/index.ts'),
          'engine/store-worker': at('src/engine/store/store-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload script cannot be an ES module.
      rollupOptions: { input: at('src/preload/index.ts'), output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      target: CHROME_TARGET,
      outDir: at('out/renderer'),
      emptyOutDir: true,
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
