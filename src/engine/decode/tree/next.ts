import { data } from './data';
import type { Dissection } from './dissection';
import type { Dissector } from './dissector';
import type { LayerTable } from './layers';

/** Protocols inside each other in one packet. Real tunnels stay under 20; a crafted one would nest thousands. */
const MAX_LAYERS = 40;

/** Lets `dissector` read the bytes, unless the packet has too many layers already: then they are data. */
export function dissectLayer(d: Dissection, dissector: Dissector, start: number, end: number): void {
  d.layerCount++;
  if (d.layerCount > MAX_LAYERS || d.full) {
    d.add('', `[More than ${MAX_LAYERS} layers: the rest is not dissected]`, null, start, Math.max(0, end - start));
    return;
  }
  const depth = d.depth;
  dissector.dissect(d, start, end);
  d.closeTo(depth);
}

/** By the table's entry; data where it has none. True: there was one. */
export function dissectNext(d: Dissection, table: LayerTable, key: number, start: number, end: number): boolean {
  const dissector = table.get(key);
  dissectLayer(d, dissector ?? data, start, end);
  return dissector !== undefined;
}

/** What an EtherType says; Wireshark lists 'ethertype' among a frame's protocols. */
export function dissectEtherType(d: Dissection, type: number, start: number, end: number): boolean {
  d.protocols.push('ethertype');
  return dissectNext(d, d.layers.etherTypes, type, start, end);
}
