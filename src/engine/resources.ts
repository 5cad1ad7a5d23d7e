import { join } from 'node:path';

/** Read-only data that ships with the application. Sources and bundles both lie two folders below the root. */
export const resourcePath = (...parts: readonly string[]): string => join(import.meta.dirname, '..', '..', 'resources', ...parts);

/** What set-up builds beside the bundles. */
export const builtPath = (...parts: readonly string[]): string => join(import.meta.dirname, '..', '..', 'out', ...parts);
