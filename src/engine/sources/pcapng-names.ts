import { formatIpv4, formatIpv6 } from '../../shared/model/addresses';
import type { CaptureName } from './source';
import { readText } from './text';

/** Names kept from one file; more than a large network has hosts. */
const MAX_NAMES = 65_536;
const MAX_NAME_BYTES = 255;

const RECORD_END = 0;
const RECORD_IPV4 = 1;
const RECORD_IPV6 = 2;

/** Adds the records of a Name Resolution Block that lie in `[from, to)`; false where one does not fit. */
export function addNames(names: CaptureName[], bytes: Uint8Array, view: DataView, from: number, to: number, little: boolean): boolean {
  let at = from;
  while (at + 4 <= to) {
    const type = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    const start = at + 4;
    if (type === RECORD_END) break;
    const next = start + ((length + 3) & ~3);
    const addressBytes = type === RECORD_IPV4 ? 4 : type === RECORD_IPV6 ? 16 : 0;
    if (next > to || length < addressBytes) return false;
    if (addressBytes > 0 && names.length < MAX_NAMES) {
      const word = (index: number): number => view.getUint32(start + index * 4);
      const address = type === RECORD_IPV4 ? formatIpv4(word(0)) : formatIpv6(word(0), word(1), word(2), word(3));
      for (const name of namesIn(bytes, start + addressBytes, start + length)) {
        if (names.length < MAX_NAMES) names.push({ address, name });
      }
    }
    at = next;
  }
  return true;
}

/** A record holds one or more names, each ended by a NUL. */
function* namesIn(bytes: Uint8Array, from: number, to: number): Generator<string> {
  let at = from;
  while (at < to) {
    const terminator = bytes.subarray(at, to).indexOf(0);
    const end = terminator < 0 ? to : at + terminator;
    if (end > at) yield readText(bytes, at, Math.min(end - at, MAX_NAME_BYTES));
    at = end + 1;
  }
}
