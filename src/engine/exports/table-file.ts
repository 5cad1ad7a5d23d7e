import type { TableFormat } from '../../shared/contract/exports';
import type { Bytes } from '../../shared/model/units';
import { csvLine } from '../sinks/csv';
import { TextFile } from '../sinks/text-file';
import { jsonLine } from './packet-columns';
import type { Value } from './packet-fields';

/** A table as a text file: CSV with a header, or JSON Lines. */
export class TableFile {
  readonly #file: TextFile;
  readonly #columns: readonly string[];
  readonly #format: TableFormat;
  count = 0;

  private constructor(file: TextFile, columns: readonly string[], format: TableFormat) {
    this.#file = file;
    this.#columns = columns;
    this.#format = format;
    if (format === 'csv') void file.put(csvLine(columns));
  }

  /** Makes the file, lets `write` fill it, and gives how many rows and bytes it has. */
  static async write(
    path: string,
    columns: readonly string[],
    format: TableFormat,
    write: (table: TableFile) => Promise<void>,
  ): Promise<{ readonly count: number; readonly bytes: Bytes }> {
    const file = await TextFile.create(path);
    const table = new TableFile(file, columns, format);
    try {
      await write(table);
    } finally {
      await file.close();
    }
    return { count: table.count, bytes: file.bytes };
  }

  /** A row; what has to be waited for is given back. */
  add(values: readonly Value[]): Promise<void> | undefined {
    this.count++;
    return this.#file.put(this.#format === 'csv' ? csvLine(values) : `${jsonLine(this.#columns, values)}\n`);
  }
}
