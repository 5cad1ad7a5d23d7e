import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pasteWord, shellQuote } from '../../../../../src/engine/sources/ssh/shell-quote';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom("'", '"', '\\', '$(id)', '`id`', '\n', ';', ' ', '*', '!', '~', '-n', '%s', '&&', '\u2028'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);

describe.skipIf(process.platform === 'win32')('shellQuote', () => {
  for (const quote of [shellQuote, pasteWord]) {
    it(`${quote.name}: a shell sees exactly the text`, () => {
      fc.assert(
        fc.property(fc.array(hostile, { minLength: 1, maxLength: 20 }), (texts) => {
          const wanted = texts.map((text) => Buffer.from(text.replaceAll('\0', '')).toString());
          const script = `for word in ${wanted.map((text) => quote(text)).join(' ')}; do printf '%s\\036' "$word"; done`;
          const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
          expect(stdout).toBe(wanted.map((text) => `${text}\u001e`).join(''));
        }),
        { numRuns: 60 },
      );
    });
  }
});
