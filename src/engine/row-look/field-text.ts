import { hex, hexNumber } from '../../shared/base/bytes';
import type { Field, FieldDefinition } from '../decode/tree/field';
import { protocolFilterNames } from '../decode/tree/fields';
import { oneLine } from '../decode/tree/writer';

/** Bytes of one value that are written: no column is wide enough for more. */
const MAX_BYTES = 128;
/** '[Time since first frame: 0.035180000 seconds]' and 'Arrival Time: Mar  7, 2013 21:42:06.869344000 UTC'. */
const TIME_IN_LABEL = /: (.+?)(?: seconds)?\]?$/;
/** 'Version: TLS 1.2 (0x0303)': such numbers are written in hex elsewhere, too. */
const IN_HEX = /0x[0-9a-f]+/;
/** 'User Datagram Protocol, Src Port: 53' and not 'Hypertext Transfer Protocol', which says no more than 'http'. */
const SAYS_MORE = /[,:(]/;

/** A field's value as `tshark -T fields -e` prints it: numbers in their own base and width, truth as 1 and 0, bytes as hex, a protocol as its line. */
export function fieldText({ name, label, value }: Field, definition: FieldDefinition | undefined): string {
  if (value === null) return !protocolFilterNames.has(name) ? '1' : SAYS_MORE.test(label) ? label : name;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string') return oneLine(value);
  if (value instanceof Uint8Array) return hex(value, 0, Math.min(value.length, MAX_BYTES)) + (value.length > MAX_BYTES ? '…' : '');
  if (definition?.type === 'time' || definition?.type === 'float') return oneLine(TIME_IN_LABEL.exec(label)?.[1] ?? String(value));
  const inHex = IN_HEX.exec(label)?.[0];
  if (definition?.base === undefined && (inHex === undefined || Number(inHex) !== Number(value))) return String(value);
  return definition?.size === undefined && inHex !== undefined ? inHex : hexNumber(value, (definition?.size ?? 4) * 2);
}
