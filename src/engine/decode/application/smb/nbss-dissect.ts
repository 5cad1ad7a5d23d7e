import type { Dissection } from '../../tree/dissection';
import { u8, u24 } from '../bytes';
import { Layer, portsOf, say } from '../layer';
import { nbss } from './nbss-fields';
import { decodeNetbiosName } from './netbios-name';
import { isSmb, SMB1 } from './smb-magic';
import { dissectSmb1 } from './smb1-dissect';
import { dissectSmb2 } from './smb2-dissect';

const types: Readonly<Record<number, string>> = {
  0: 'Session message',
  129: 'Session request',
  130: 'Positive session response',
  131: 'Negative session response',
  132: 'Retarget session response',
  133: 'Session keep-alive',
};
const errors: Readonly<Record<number, string>> = {
  128: 'Not listening on called name',
  129: 'Not listening for called name',
  130: 'Called name not present',
  131: 'Called name present, but insufficient resources',
  143: 'Unspecified error',
};

export function dissectNbss(d: Dissection, start: number, end: number): void {
  const ports = portsOf(d);
  const direct = ports.source === 445 || ports.destination === 445;
  const said: string[] = [];
  for (let at = start; at < end && !d.full; ) {
    const type = u8(d.bytes, at);
    const header = end - at >= 4;
    const lengthMask = direct ? 0xffffff : 0x1ffff;
    const stop = header ? at + 4 + (u24(d.bytes, at + 1) & lengthMask) : end;
    const known = header && (type === 0 ? end - at < 8 || isSmb(d.bytes, at + 4, end) : type >= 0x81 && type <= 0x85);
    if (!known) {
      const layer = new Layer(d, nbss, at, end);
      layer.data('nbss.continuation_data', end - at);
      layer.finish();
      said.push('NBSS Continuation Message');
      break;
    }
    if (stop > end && said.length > 0) break;
    said.push(message(d, at, Math.min(stop, end), direct));
    at = stop;
  }
  say(d, said.join('; '));
}

function message(d: Dissection, start: number, end: number, direct: boolean): string {
  const layer = new Layer(d, nbss, start, Math.min(end, start + 4));
  const type = layer.uint('nbss.type', 1, types);
  if (direct) layer.uint('nbss.length', 3);
  else {
    layer.hex('nbss.flags', 1);
    layer.uint('nbss.length', 2);
  }
  layer.end = end;
  let info = types[type] ?? '';
  if (type === 0x81 && layer.left >= 68)
    info += `, to ${netbiosName(layer, 'nbss.called_name')} from ${netbiosName(layer, 'nbss.calling_name')}`;
  if (type === 0x83) {
    const code = layer.hex('nbss.error_code', 1, errors);
    info += `, ${errors[code] ?? `Unknown (${code})`}`;
  }
  layer.node.length = type === 0 ? 4 : end - start;
  layer.finish();
  if (type !== 0 || end - start < 8) return info;
  return u8(d.bytes, start + 4) === SMB1 ? dissectSmb1(d, start + 4, end) : dissectSmb2(d, start + 4, end);
}

/** RFC 1001, section 14.1: each of 16 bytes as two letters; the last is the kind of name. */
function netbiosName(layer: Layer, field: string): string {
  const at = layer.take(34);
  if (at < 0) return '';
  const text = decodeNetbiosName(layer.bytes, at + 1);
  layer.add(field, text, text, at, 34);
  return text;
}
