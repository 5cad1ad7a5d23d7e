import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import type { ProtocolNames } from '../decode/protocol-names';
import { BLOCK_ROWS, type Block, NO, UNSURE, YES } from './block';

const ANY_LAYER = -1;

/** Filter names of the protocols that the `layers` column knows at any depth. */
export const layerNames: ReadonlyMap<string, number> = new Map([
  ['frame', ANY_LAYER],
  ['eth', Layer.Ethernet],
  ['sll', Layer.Sll],
  ['null', Layer.Null],
  ['wlan', Layer.Wlan],
  ['radiotap', Layer.Radiotap],
  ['ppp', Layer.Ppp],
  ['vlan', Layer.Vlan],
  ['mpls', Layer.Mpls],
  ['arp', Layer.Arp],
  ['ip', Layer.Ipv4],
  ['ipv6', Layer.Ipv6],
  ['icmp', Layer.Icmp],
  ['icmpv6', Layer.Icmpv6],
  ['igmp', Layer.Igmp],
  ['tcp', Layer.Tcp],
  ['udp', Layer.Udp],
  ['sctp', Layer.Sctp],
  ['gre', Layer.Gre],
  ['vxlan', Layer.Vxlan],
  ['esp', Layer.Esp],
  ['ah', Layer.Ah],
  ['llc', Layer.Llc],
  ['raw', Layer.Raw],
]);

/** Owners of fields that are found only beside a layer, without being that layer; and fields that a layer beside their owner's has too. */
const BESIDE: ReadonlyMap<string, number> = new Map([
  ['pppoe', Layer.Pppoe],
  ['pppoed', Layer.Pppoe],
  ['pppoes', Layer.Pppoe],
  ['wlan_radio', Layer.Wlan],
  ['ip.version', Layer.Ipv4 | Layer.Ipv6],
]);

/** Tunnels that the tree finds by a datagram's ports; the Protocol column names what they carry. */
const UDP_TUNNELS: ReadonlyMap<string, ReadonlySet<number>> = new Map([
  ['geneve', new Set([6081])],
  ['gtp', new Set([2152])],
  ['teredo', new Set([3544])],
  ['vxlan', new Set([4789, 4790, 8472])],
]);
/** A layer of the frame and also what an application's datagram carries (RFC 3948), which sets no bit. */
const SHOWN_TOO: ReadonlySet<string> = new Set(['esp']);
/** Where these are shown, the tree may still have the application that the flow is known for: OpenVPN beside its port, a message without a column of its own. */
const TRANSPORTS: ReadonlySet<string> = new Set(['TCP', 'UDP']);

/** Protocol column's texts whose filter name is another than the text in lower case without its version. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['SSL', ['tls']],
  ['SSLv2', ['tls']],
  ['SSLv3', ['tls']],
  ['WireGuard', ['wg']],
  ['KRB5', ['kerberos']],
  ['802.11', ['wlan']],
  ['ADwin', ['adwin']],
  ['T.125', ['t125']],
  ['OCSP', ['ocsp', 'http']],
  ['IPP', ['ipp', 'http']],
  ['PKIX-CRL', ['pkix-crl', 'http']],
  ['ISAKMP', ['isakmp']],
  ['SMB2', ['smb2']],
  ['HTTP2', ['http2']],
  ['HTTP3', ['http3']],
  ['ICMPv6', ['icmpv6']],
  ['DHCPv6', ['dhcpv6']],
  ['IPv6', ['ipv6']],
  // Sun RPC's programs.
  ['Portmap', ['portmap', 'rpc']],
  ['NFS', ['nfs', 'rpc']],
  ['MOUNT', ['mount', 'rpc']],
  ['NLM', ['nlm', 'rpc']],
  ['STAT', ['stat', 'rpc']],
  ['YPSERV', ['ypserv', 'rpc']],
  ['RQUOTA', ['rquota', 'rpc']],
  ['NFSACL', ['nfsacl', 'rpc']],
]);

/** Protocols that may be in a packet whose Protocol column shows a later one: only the tree can tell. */
const BENEATH: ReadonlyMap<string, readonly string[]> = new Map([
  ['quic', ['tls']],
  ['rdp', ['tpkt', 'cotp', 't125', 'tls']],
  ['t125', ['tpkt', 'cotp']],
  ['cotp', ['tpkt']],
  ['browser', ['smb', 'nbdgm', 'nbss']],
  ['smb', ['nbss', 'nbdgm']],
  ['smb2', ['nbss']],
  ['isakmp', ['udpencap']],
  ['esp', ['udpencap']],
]);

/** Protocols whose packets carry fields that are named after another: 'dns.qry.name' is in mDNS too. */
const SHARED: ReadonlyMap<string, readonly string[]> = new Map([
  ['mdns', ['dns']],
  ['llmnr', ['dns']],
  ['ssdp', ['http']],
  ['quic', ['tls']],
  ['bootp', ['dhcp']],
]);

/** Filter names of the application protocols that a text of the Protocol column stands for: 'TLSv1.2' is tls, 'HTTP/JSON' is http and json. */
export function filterNames(text: string): readonly string[] {
  const named = NAMED.get(text);
  if (named !== undefined) return named;
  const inner = /^(\S+) <(.*)>$/.exec(text);
  if (inner !== null) return [...filterNames(inner[1] ?? ''), ...filterNames(inner[2] ?? '')];
  return text
    .split('/')
    .map((part) => NAMED.get(part)?.[0] ?? part.replace(/v\d+(?:\.\d+)?$/, '').toLowerCase())
    .filter((part) => part !== '');
}

const ownerOf = (field: string): string => {
  const dot = field.indexOf('.', 1);
  return dot < 0 ? field : field.slice(0, dot);
};

/** Whether a protocol's own name, or a field named after it, can be in a row. Column tests only: they say where a tree is worth decoding. */
export interface RowGuard {
  /** `out[i]`: NO where the row cannot have it, YES where it has the protocol, UNSURE where only the tree can tell. */
  fill(block: Block, out: Uint8Array): void;
}

const everyRow: RowGuard = {
  fill: (block, out) => {
    out.fill(UNSURE, 0, block.to - block.from);
  },
};

/** For a protocol by its name ('tcp', 'tls') where `field` has no dot, else for the owner of the field. */
export function guardFor(field: string, names: ProtocolNames): RowGuard {
  const owner = ownerOf(field);
  const beside = BESIDE.get(field) ?? BESIDE.get(owner);
  if (beside !== undefined) return layerGuard(beside, UNSURE);
  const layer = layerNames.get(owner);
  const tunnel = UDP_TUNNELS.get(owner);
  if (tunnel !== undefined) return tunnelGuard(layer ?? 0, tunnel);
  if (layer !== undefined) {
    const inFrame = layerGuard(layer, YES);
    return SHOWN_TOO.has(owner) ? eitherGuard(inFrame, protocolGuard(owner, owner !== field, names)) : inFrame;
  }
  // A protocol that no text of the column stands for (yet) may be anywhere.
  return isColumnProtocol(owner, names) ? protocolGuard(owner, owner !== field, names) : everyRow;
}

/** The Protocol column can show this protocol. */
export function isColumnProtocol(owner: string, names: ProtocolNames): boolean {
  for (let id = 1; id < names.count; id++) if (filterNames(names.name(id)).includes(owner)) return true;
  return false;
}

function layerGuard(mask: number, found: number): RowGuard {
  return {
    fill: (block, out) => {
      const { layers } = block.chunk;
      const rows = block.to - block.from;
      if (mask === ANY_LAYER) out.fill(found, 0, rows);
      else for (let i = 0; i < rows; i++) out[i] = ((layers[block.from + i] ?? 0) & mask) !== 0 ? found : NO;
    },
  };
}

function eitherGuard(first: RowGuard, second: RowGuard): RowGuard {
  const scratch = new Uint8Array(BLOCK_ROWS);
  return {
    fill: (block, out) => {
      first.fill(block, out);
      second.fill(block, scratch);
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) if ((scratch[i] ?? 0) > (out[i] ?? 0)) out[i] = scratch[i] ?? 0;
    },
  };
}

/** The column's ports are the outermost ones: a tunnel within another is found by the flag. */
function tunnelGuard(mask: number, ports: ReadonlySet<number>): RowGuard {
  return {
    fill: (block, out) => {
      const { layers, flags, sourcePort, destinationPort } = block.chunk;
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const at = block.from + i;
        const rowLayers = layers[at] ?? 0;
        if ((rowLayers & mask) !== 0) out[i] = YES;
        else if (((flags[at] ?? 0) & PacketFlag.IcmpError) !== 0) out[i] = UNSURE;
        else if ((rowLayers & Layer.Udp) === 0) out[i] = NO;
        else {
          const nested = ((flags[at] ?? 0) & PacketFlag.Tunnel) !== 0;
          out[i] = nested || ports.has(sourcePort[at] ?? 0) || ports.has(destinationPort[at] ?? 0) ? UNSURE : NO;
        }
      }
    },
  };
}

/** What contradicts itself above the layers that the columns check: bare TCP and UDP packets have nothing there. */
export function malformedGuard(names: ProtocolNames): RowGuard {
  const transports: boolean[] = [];
  return {
    fill: (block, out) => {
      while (transports.length < names.count) transports.push(TRANSPORTS.has(names.name(transports.length)));
      const { flags, protocol } = block.chunk;
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const at = block.from + i;
        const rowFlags = flags[at] ?? 0;
        if ((rowFlags & PacketFlag.Malformed) !== 0) out[i] = YES;
        else {
          const bare = transports[protocol[at] ?? 0] === true && (rowFlags & (PacketFlag.Message | PacketFlag.Tunnel)) === 0;
          out[i] = bare ? NO : UNSURE;
        }
      }
    },
  };
}

function protocolGuard(owner: string, isField: boolean, names: ProtocolNames): RowGuard {
  const table: number[] = [];
  const transports: boolean[] = [];
  const stateOf = (id: number): number => {
    const own = filterNames(names.name(id));
    if (own.includes(owner)) return YES;
    const maybe = own.some(
      (name) => BENEATH.get(name)?.includes(owner) === true || (isField && SHARED.get(name)?.includes(owner) === true),
    );
    return maybe ? UNSURE : NO;
  };
  return {
    fill: (block, out) => {
      while (table.length < names.count) {
        transports.push(TRANSPORTS.has(names.name(table.length)));
        table.push(stateOf(table.length));
      }
      const { protocol, flags } = block.chunk;
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const id = protocol[block.from + i] ?? 0;
        const state = table[id] ?? NO;
        if (state !== NO) out[i] = state;
        else {
          const rowFlags = flags[block.from + i] ?? 0;
          // The packet that an ICMP error quotes is decoded as far as it goes.
          const quotes = (rowFlags & PacketFlag.IcmpError) !== 0;
          out[i] = quotes || (transports[id] === true && (rowFlags & PacketFlag.Message) !== 0) ? UNSURE : NO;
        }
      }
    },
  };
}
