import { join } from 'node:path';

// This file is bundled into out/main/index.js.
const OUT = join(import.meta.dirname, '..');

export const ENGINE_ENTRY = join(OUT, 'engine', 'index.js');
export const PRELOAD_ENTRY = join(OUT, 'preload', 'index.cjs');
export const RENDERER_FOLDER = join(OUT, 'renderer');
