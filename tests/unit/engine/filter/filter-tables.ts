import { AddressTable } from '../../../../src/engine/columns/address-table';
import { CHUNK_MASK } from '../../../../src/engine/columns/column-chunk';
import { EventTable } from '../../../../src/engine/columns/event-table';
import { PacketTable } from '../../../../src/engine/columns/packet-table';
import { TextTable } from '../../../../src/engine/columns/text-table';
import { ProtocolNames } from '../../../../src/engine/decode/protocol-names';
import type { Field, FieldDefinition, FieldValue } from '../../../../src/engine/decode/tree/field';
import { parseAddress } from '../../../../src/engine/filter/address-value';
import { compileFilter, type DisplayFilter } from '../../../../src/engine/filter/display-filter';
import type { FilterFields } from '../../../../src/engine/filter/field-catalog';
import type { FilterFlows } from '../../../../src/engine/filter/flow-fields';
import type { FilterTables } from '../../../../src/engine/filter/leaves';
import { FilterScan } from '../../../../src/engine/filter/scan';
import type { DecodedPacket } from '../../../../src/engine/filter/tree-reader';
import { EventKind } from '../../../../src/shared/model/event-kinds';
import { Layer, PacketFlag } from '../../../../src/shared/model/packet-flags';
import { NONE_32 } from '../../../../src/shared/model/units';

const FLAG_LETTERS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16, U: 32 };
const START = 1_767_323_045;

/** What a row may state beside its line: `10.0.0.1:40000 > 10.0.0.2:80 SA` is the rest. */
export interface RowExtra {
  readonly protocol?: string;
  readonly length?: number;
  readonly payload?: number;
  readonly vlan?: number;
  readonly flow?: number;
  /** Seconds after the first packet. */
  readonly time?: number;
  readonly layers?: number;
  readonly flags?: number;
  readonly query?: string;
  readonly dnsFlags?: number;
  readonly request?: { readonly method: string; readonly host: string; readonly uri: string };
  readonly serverName?: string;
  readonly comment?: string;
  /** The packet's tree, for filters that decode it. */
  readonly tree?: readonly Field[];
  readonly info?: string;
}

/** What the database of places knows. */
const COUNTRIES: Readonly<Record<string, string>> = { '93.184.216.34': 'US', '2001:db8::7': 'DE' };

const PROCESSES = ['', 'nginx', 'sshd'];

/** A flow as the flow list shows it; its number is its place. */
export interface FlowLine {
  readonly state: number;
  readonly host?: string;
  readonly service?: string;
  readonly process?: string;
}

/** A session's tables, filled line by line. TCP unless the row says `protocol: 'UDP'` or gives `layers`. */
export class Rows {
  readonly tables = {
    packets: new PacketTable(),
    addresses: new AddressTable(),
    texts: new TextTable(),
    events: new EventTable(),
    protocolNames: new ProtocolNames(),
    comments: new Map<number, string[]>(),
    filterFlows: this.#filterFlows(),
    countryOf: (address: number): string | null => this.#countryOf(address),
  } satisfies FilterTables;
  readonly trees: DecodedPacket[] = [];
  readonly flows: FlowLine[] = [];
  /** Rows (from 1) whose tree a filter asked for. */
  readonly decoded: number[] = [];

  add(line: string, extra: RowExtra = {}): this {
    const match = /^(\S+) > (\S+)(?: ([FSRPAU]+))?$/.exec(line);
    if (match === null) throw new Error(`not a packet: ${line}`);
    const { packets, addresses, protocolNames, comments } = this.tables;
    const chunk = packets.chunkForAppend();
    const row = packets.count;
    const at = row & CHUNK_MASK;
    const source = this.#end(match[1] ?? '');
    const destination = this.#end(match[2] ?? '');
    const isUdp = extra.protocol === 'UDP' || extra.query !== undefined;
    const ip =
      source.address.includes(':') && source.address.split(':').length > 6 ? 0 : source.address.includes(':') ? Layer.Ipv6 : Layer.Ipv4;
    const transport = source.port < 0 ? 0 : isUdp ? Layer.Udp : Layer.Tcp;
    let flags = PacketFlag.Time | (extra.flags ?? 0);
    chunk.source[at] = internAddress(addresses, source.address);
    chunk.destination[at] = internAddress(addresses, destination.address);
    if (source.port >= 0) {
      flags |= PacketFlag.Ports;
      chunk.sourcePort[at] = source.port;
      chunk.destinationPort[at] = destination.port;
    }
    if (ip !== 0) {
      flags |= PacketFlag.IpProtocol;
      chunk.ipProtocol[at] = isUdp ? 17 : 6;
    }
    chunk.layers[at] = extra.layers ?? Layer.Ethernet | ip | transport | (extra.vlan === undefined ? 0 : Layer.Vlan);
    if (transport === Layer.Tcp) {
      flags |= PacketFlag.TcpFlags;
      chunk.tcpFlags[at] = [...(match[3] ?? 'A')].reduce((bits, letter) => bits | (FLAG_LETTERS[letter] ?? 0), 0);
    }
    if (extra.comment !== undefined) {
      flags |= PacketFlag.Comment;
      comments.set(row, [extra.comment]);
    }
    if (extra.vlan !== undefined) chunk.vlan[at] = extra.vlan;
    const time = extra.time ?? row;
    chunk.seconds[at] = packets.relativeSecond(START + Math.floor(time));
    chunk.nanoseconds[at] = Math.round((time % 1) * 1e9);
    chunk.length[at] = extra.length ?? 60;
    chunk.capturedLength[at] = extra.length ?? 60;
    chunk.payloadLength[at] = extra.payload ?? 0;
    chunk.flow[at] = extra.flow ?? NONE_32;
    chunk.protocol[at] = protocolNames.id(extra.protocol ?? this.#protocol(extra, transport));
    chunk.flags[at] = flags;
    this.#addEvents(row, extra);
    packets.count = row + 1;
    this.trees.push({
      root: extra.tree ?? [],
      sources: [{ title: 'Frame', bytes: new TextEncoder().encode(line) }],
      info: extra.info ?? '',
    });
    return this;
  }

  compile(text: string, fields: FilterFields = FIELDS): DisplayFilter {
    const compiled = compileFilter(text, fields, this.tables);
    if (!compiled.ok) throw new Error(`${compiled.problem.sentence} ${compiled.problem.next ?? ''}`);
    return compiled.value;
  }

  /** Numbers (from 1) of the packets that the filter takes. */
  async find(text: string, fields: FilterFields = FIELDS): Promise<number[]> {
    const scan = new FilterScan(this.compile(text, fields));
    await scan.run({ decodeRows: (rows) => Promise.resolve(this.decode(rows)) });
    return numbers(scan);
  }

  decode(rows: Uint32Array): DecodedPacket[] {
    return [...rows].map((row) => {
      this.decoded.push(row + 1);
      return this.trees[row] ?? { root: [], sources: [], info: '' };
    });
  }

  #countryOf(address: number): string | null {
    return COUNTRIES[this.tables.addresses.text(address)] ?? null;
  }

  #filterFlows(): FilterFlows {
    const services = ['', 'http', 'tls', 'dns'];
    return {
      has: (flow) => flow < this.flows.length,
      state: (flow) => this.flows[flow]?.state ?? 0,
      host: (flow) => {
        const host = this.flows[flow]?.host;
        return host === undefined ? -1 : this.tables.texts.internString(host);
      },
      service: (flow) => services.indexOf(this.flows[flow]?.service ?? ''),
      serviceName: (service) => services[service] ?? '',
      process: (flow) => PROCESSES.indexOf(this.flows[flow]?.process ?? ''),
      processes: { count: PROCESSES.length, text: (name) => PROCESSES[name] ?? '' },
    };
  }

  #protocol(extra: RowExtra, transport: number): string {
    if (extra.query !== undefined) return 'DNS';
    if (extra.request !== undefined) return 'HTTP';
    if (extra.serverName !== undefined) return 'TLSv1.2';
    return transport === Layer.Tcp ? 'TCP' : transport === Layer.Udp ? 'UDP' : 'ARP';
  }

  #addEvents(row: number, { query, dnsFlags = 0, request, serverName }: RowExtra): void {
    const { events, texts } = this.tables;
    if (query !== undefined) events.add(row, EventKind.Dns, texts.internString(query), -1, -1, ((dnsFlags << 16) | 1) >>> 0);
    if (serverName !== undefined) events.add(row, EventKind.TlsClientHello, texts.internString(serverName), -1, -1, 0x303);
    if (request !== undefined) {
      const { method, host, uri } = request;
      events.add(row, EventKind.HttpRequest, texts.internString(host), texts.internString(method), texts.internString(uri), 0);
    }
  }

  #end(text: string): { readonly address: string; readonly port: number } {
    const match = /^(.*)[:#](\d+)$/.exec(text);
    const withPort = match !== null && (text.includes('#') || text.split(':').length === 2);
    return withPort ? { address: match[1] ?? '', port: Number(match[2]) } : { address: text, port: -1 };
  }
}

export const numbers = (scan: FilterScan): number[] => [...scan.rows.subarray(0, scan.count)].map((row) => row + 1);

function internAddress(addresses: AddressTable, text: string): number {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`not an address: ${text}`);
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of parsed.words.entries()) view.setUint32(i * 4, word);
  if (parsed.kind === 2) return addresses.internIpv4(parsed.words[0]);
  if (parsed.kind === 3) return addresses.internIpv6(bytes, 0);
  return addresses.internMac(Uint8Array.of(...bytes.subarray(0, 4), ...bytes.subarray(6, 8)), 0);
}

export const node = (name: string, value: FieldValue = null, children: readonly Field[] = []): Field => ({
  name,
  label: name,
  value,
  start: 0,
  length: 0,
  source: 0,
  children: [...children],
});

const definition = (type: FieldDefinition['type'], title: string, names?: Readonly<Record<number, string>>): FieldDefinition =>
  names === undefined ? { type, title } : { type, title, names };

export const FIELDS: FilterFields = {
  definitions: new Map([
    ['ip.ttl', definition('uint', 'Time to Live')],
    ['ip.src', definition('ipv4', 'Source Address')],
    ['tcp.payload', definition('bytes', 'TCP payload')],
    ['dns.resp.name', definition('string', 'Name')],
    ['dns.flags.rcode', definition('uint', 'Reply code', { 0: 'No error', 3: 'No such name' })],
    ['ssh.protocol', definition('string', 'Protocol')],
    ['ntp.rootdelay', definition('float', 'Root Delay')],
    ['x.large', definition('uint', 'A number beyond 2^53')],
  ]),
  aliases: new Map([['any.ttl', ['ip.ttl']]]),
  protocols: new Set(['data']),
};
