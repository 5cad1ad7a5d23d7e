import { byteArray, derivedUint } from './definitions';
import type { Dissection } from './dissection';
import type { Dissector } from './dissector';
import { fieldWriter } from './writer';

const fields = { 'data.data': byteArray('Data'), 'data.len': derivedUint('Length') };
const write = fieldWriter(fields);

/** Bytes that nothing here knows. */
export const data: Dissector = {
  name: 'data',
  title: 'Data',
  fields,
  dissect(d: Dissection, start: number, end: number): void {
    if (end <= start) return;
    d.open('data', `Data (${end - start} byte${end - start === 1 ? '' : 's'})`, null, start, end - start);
    write.bytes(d, 'data.data', start, end - start);
    write.derived(d, 'data.len', end - start);
    d.close();
  },
};
