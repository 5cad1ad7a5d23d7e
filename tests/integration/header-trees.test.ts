import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/engine/decode/tree/field';
import { RowDissector } from '../../src/engine/details/row-dissector';
import { areHeaderFields } from '../../src/engine/filter/depth';
import { CAPTURES, hasCaptures, readCaptureFile } from '../builders/read-capture';

const FOLDER = join(CAPTURES, 'protocols');
/** Packets of each capture that are compared. */
const PACKETS = 60;

/** Name and value of every node that a filter on headers may ask for, in the order of the tree. */
function headerFields(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [
    ...(field.name !== '' && areHeaderFields([field.name]) ? [`${field.name} ${String(field.value)}`] : []),
    ...headerFields(field.children),
  ]);
}

describe.skipIf(!hasCaptures)('a tree without its application layer (skipped without the capture folder)', () => {
  it.each(hasCaptures ? readdirSync(FOLDER) : [])('has the header fields of the whole tree: %s', async (name) => {
    const capture = await readCaptureFile(join(FOLDER, name));
    const dissector = new RowDissector(capture);
    for (let row = 0; row < Math.min(PACKETS, capture.tables.packets.count); row++) {
      const whole = await dissector.dissect(row);
      const headers = await dissector.dissectHeaders(row);
      expect(headerFields(headers.root), `packet ${row + 1}`).toEqual(headerFields(whole.root));
    }
    await capture.source.close();
  });
});
