import { LinkType } from '../../../shared/model/link-types';
import { applicationProtocols } from '../application/registry';
import { ethernet } from '../link/ethernet';
import { llc } from '../link/llc';
import { ipv4 } from '../network/ipv4';
import { ipv6 } from '../network/ipv6';
import { tcp } from '../transport/tcp';
import { udp } from '../transport/udp';
import { data } from './data';
import type { Dissector } from './dissector';
import type { LayerTables } from './layers';

/** The tables through which layers find each other. A new protocol is one file and one line here. */
export const layerTables: LayerTables = {
  linkTypes: new Map<number, Dissector>([
    [LinkType.Ethernet, ethernet],
    [LinkType.IpV4, ipv4],
    [LinkType.IpV6, ipv6],
  ]),
  etherTypes: new Map<number, Dissector>([
    [0x0800, ipv4],
    [0x86dd, ipv6],
  ]),
  ipProtocols: new Map<number, Dissector>([
    [6, tcp],
    [17, udp],
  ]),
  pppProtocols: new Map<number, Dissector>([
    [0x0021, ipv4],
    [0x0057, ipv6],
  ]),
  llcSaps: new Map<number, Dissector>([[0x06, ipv4]]),
  udpTunnels: new Map<number, Dissector>([]),
  applications: new Map<string, Dissector>(applicationProtocols.map((protocol) => [protocol.name, protocol])),
};

/** Every dissector of the layers below the applications, each once. */
export const layerDissectors: readonly Dissector[] = [
  ...new Set([...Object.values(layerTables).flatMap((table: ReadonlyMap<unknown, Dissector>) => [...table.values()]), llc, data]),
];
