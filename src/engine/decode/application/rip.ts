import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const version1 = protocolNames.id('RIPv1');
const version2 = protocolNames.id('RIPv2');
const unknown = protocolNames.id('RIP');
const ENTRY = 20;
const AUTHENTICATION = 0xffff;
const commands: Readonly<Record<number, string>> = { 1: 'Request', 2: 'Response', 3: 'Traceon', 4: 'Traceoff', 5: 'Sun reserved' };

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, rip, start, end);
  const command = layer.uint('rip.command', 1, commands);
  const version = layer.uint('rip.version', 1, { 1: 'RIPv1', 2: 'RIPv2' });
  layer.take(2);
  while (layer.more && layer.left >= ENTRY) {
    const family = u16(layer.bytes, layer.at);
    const node = layer.open('', family === AUTHENTICATION ? 'Authentication' : 'Address', ENTRY);
    layer.uint('rip.family', 2, { 0: 'Unspecified', 2: 'IP', 65535: 'Authentication' });
    if (family === AUTHENTICATION) {
      layer.uint('rip.auth.type', 2, { 2: 'Simple Password', 3: 'Keyed Message Digest' });
      layer.data('rip.auth.passwd', 16);
    } else {
      layer.uint('rip.route_tag', 2);
      node.label = `IP Address: ${layer.ipv4('rip.ip')}`;
      if (version === 2) {
        layer.ipv4('rip.netmask');
        layer.ipv4('rip.next_hop');
      } else layer.take(8);
      node.label += `, Metric: ${layer.uint('rip.metric', 4)}`;
    }
    layer.close(node);
  }
  layer.finish();
  say(d, commands[command] ?? `Unknown command (${command})`);
}

/** RFC 1058 and 2453. */
export const rip: ApplicationProtocol = {
  name: 'rip',
  title: 'Routing Information Protocol',
  udpPorts: [520],
  summarise: (bytes, start, end, _conversation, summary) => {
    const version = u8(bytes, start + 1);
    summary.protocol = version === 1 ? version1 : version === 2 ? version2 : unknown;
    return end - start >= 4;
  },
  fields: fieldList(
    'rip',
    'Routing Information Protocol',
    `.command uint Command
    .version uint Version
    .family uint Address Family
    .route_tag uint Route Tag
    .ip ipv4 IP Address
    .netmask ipv4 Netmask
    .next_hop ipv4 Next Hop
    .metric uint Metric
    .auth.type uint Authentication type
    .auth.passwd bytes Authentication data`,
  ),
  dissect,
};
