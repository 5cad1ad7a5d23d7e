import { protocolNames } from '../protocol-names';
import { startsWith } from './bytes';
import { fieldList } from './field-list';
import { Layer } from './layer';
import type { ApplicationProtocol } from './protocol';

/** Wireshark looks for it only when told to and shows UDP; the flow is known all the same. */
const udpName = protocolNames.id('UDP');

/** A bencoded query or reply that begins with the sender's id of 20 bytes, or an error (BEP 5). */
const isDht = (bytes: Uint8Array, start: number, end: number): boolean =>
  startsWith(bytes, start, end, 'd1:ad2:id20:') ||
  startsWith(bytes, start, end, 'd1:rd2:id20:') ||
  startsWith(bytes, start, end, 'd1:eli20');

/** BitTorrent's distributed hash table. */
export const btDht: ApplicationProtocol = {
  name: 'bt-dht',
  title: 'BitTorrent DHT Protocol',
  recogniseUdp: isDht,
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = udpName;
    return isDht(bytes, start, end);
  },
  fields: fieldList('bt-dht', 'BitTorrent DHT Protocol', '.bencoded.dict bytes Dictionary'),
  dissect: (d, start, end) => {
    const layer = new Layer(d, btDht, start, end);
    layer.data('bt-dht.bencoded.dict', layer.left);
    layer.finish();
  },
};
