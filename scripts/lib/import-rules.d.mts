import type { ImportRule } from './import-graph.mjs';

export const IMPORT_RULES: readonly ImportRule[];
