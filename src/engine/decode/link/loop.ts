import { u16le } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { little, macAddress, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const FUNCTIONS: Readonly<Record<number, string>> = { 1: 'Reply', 2: 'Forward Data' };

const fields = {
  'loop.skipcount': little(uint('skipCount', 2)),
  'loop.relevant_function': little(uint('Relevant function', 2, FUNCTIONS)),
  'loop.function': little(uint('Function', 2, FUNCTIONS)),
  'loop.receipt_number': little(uint('Receipt number', 2)),
  'loop.forwarding_address': macAddress('Forwarding address'),
} as const;
const write = fieldWriter(fields);

/** Configuration Test Protocol of Ethernet version 2: messages one behind the other, the skip count says which one is next. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('loop', 'Configuration Test Protocol (loopback)', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('LOOP', start, `message has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const skip = write.uint(d, 'loop.skipcount', start);
  const relevant = start + 2 + skip;
  if (relevant + 2 <= end) {
    const type = u16le(d.bytes, relevant);
    d.add('loop.relevant_function', `Relevant function: ${FUNCTIONS[type] ?? 'Unknown'} (${type})`, type, relevant, 2);
    d.info = FUNCTIONS[type] ?? `Unknown function (${type})`;
  }
  let at = start + 2;
  while (at + 2 <= end && !d.full) {
    const type = write.uint(d, 'loop.function', at);
    at += 2;
    if (type === 2 && at + 6 <= end) {
      write.mac(d, 'loop.forwarding_address', at);
      at += 6;
      continue;
    }
    if (type === 1 && at + 2 <= end) {
      write.uint(d, 'loop.receipt_number', at);
      at += 2;
    }
    break;
  }
  d.close();
  dissectLayer(d, data, at, end);
}

export const loop: Dissector = { name: 'loop', title: 'Configuration Test Protocol (loopback)', fields, dissect };
