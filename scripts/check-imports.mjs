// Checks that every import below src goes in a direction that scripts/lib/import-rules.mjs allows.
import { findViolations } from './lib/import-graph.mjs';
import { IMPORT_RULES } from './lib/import-rules.mjs';
import { at } from './lib/paths.mjs';

const violations = findViolations(at('src'), IMPORT_RULES);
for (const violation of violations) process.stdout.write(`${violation}\n`);
process.stdout.write(violations.length === 0 ? 'Imports: all allowed.\n' : `Imports: ${violations.length} not allowed.\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
