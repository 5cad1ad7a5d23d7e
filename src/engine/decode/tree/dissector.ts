import type { Dissection } from './dissection';
import type { FieldTable } from './field';

/**
 * Second tier: makes the field tree of one layer of one frame. `start..end` is what the layer below gave it (captured bytes, within
 * `dissection.bytes`). Must not throw or loop for any bytes. Calls the next layer itself, through the tables in `registry.ts`.
 */
export type Dissect = (dissection: Dissection, start: number, end: number) => void;

export interface Dissector {
  /** Filter name: 'ip', 'tcp', 'dns'. */
  readonly name: string;
  /** 'Domain Name System'. */
  readonly title: string;
  readonly fields: FieldTable;
  readonly dissect: Dissect;
}
