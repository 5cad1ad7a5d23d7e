import { AddressTable } from '../../../../src/engine/columns/address-table';
import { CHUNK_MASK } from '../../../../src/engine/columns/column-chunk';
import { PacketTable } from '../../../../src/engine/columns/packet-table';
import { MAX_BATCH, TransportBatch } from '../../../../src/engine/columns/transport-batch';
import { FlowTable } from '../../../../src/engine/flows/flow-table';
import { PacketFlag } from '../../../../src/shared/model/packet-flags';
import { NONE_32 } from '../../../../src/shared/model/units';

const TCP_FLAGS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 };
const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, gre: 47 };
const LINE = /^(-?[\d.]+) (?:(tcp|udp|icmp|gre) )?([\d.]+):(\d+) > ([\d.]+):(\d+)(?: ([FSRPA]+))?(.*)$/;

const addressWord = (text: string): number => text.split('.').reduce((word, part) => word * 256 + Number(part), 0);

/**
 * Puts packets that are drawn as text through a flow table. A line is
 * `SECONDS [tcp|udp|icmp|gre] SOURCE:PORT > DESTINATION:PORT [FLAGS] [seq=N] [ack=N] [len=N] [win=N] [scale=N] [wire=N] [error] [unreachable] [fragment]`;
 * `error` makes it an ICMP error whose ends are those of the quoted packet, exchanged.
 */
export class DrawnPackets {
  readonly packets = new PacketTable();
  readonly addresses = new AddressTable();
  readonly flows: FlowTable;
  readonly #transport = new TransportBatch();

  constructor(options: { readonly capacity?: number } = {}) {
    this.flows = new FlowTable(options);
  }

  add(text: string): this {
    const lines = text
      .split('\n')
      .map((line) => line.trim().replace(/\s+/g, ' '))
      .filter((line) => line !== '');
    for (let start = 0; start < lines.length; start += MAX_BATCH) {
      const from = this.packets.count;
      for (const [i, line] of lines.slice(start, start + MAX_BATCH).entries()) this.#append(line, i);
      this.flows.addBatch(this.packets, this.#transport, from, this.packets.count);
    }
    return this;
  }

  /** Flow of each packet, in order; null where it has none. */
  get flowOfEach(): (number | null)[] {
    return Array.from({ length: this.packets.count }, (_, row) => {
      const flow = this.packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32;
      return flow === NONE_32 ? null : flow;
    });
  }

  /** Names of the flags that flow and analysis gave the packet, counted from 1. */
  flagsOf(number: number): string[] {
    const flags = this.packets.chunkOf(number - 1).flags[(number - 1) & CHUNK_MASK] ?? 0;
    const given = ['Time', 'IcmpError', 'Fragment'];
    return Object.entries(PacketFlag).flatMap(([name, bit]) => (flags & bit && !given.includes(name) ? [name] : []));
  }

  /** 'SOURCE:PORT > DESTINATION:PORT' of a flow, originator first. */
  ends(flow: number): string {
    const { flows, addresses } = this;
    return `${addresses.text(flows.source(flow))}:${flows.sourcePort(flow)} > ${addresses.text(flows.destination(flow))}:${flows.destinationPort(flow)}`;
  }

  #append(line: string, i: number): void {
    const parts = LINE.exec(line);
    if (parts === null) throw new Error(`not a drawn packet: ${line}`);
    const [, time = '0', protocol = 'tcp', source = '', sourcePort, destination = '', destinationPort, tcpFlags = '', rest = ''] = parts;
    const number = (name: string, absent: number): number => Number(new RegExp(`\\b${name}=(\\d+)`).exec(rest)?.[1] ?? absent);
    const chunk = this.packets.chunkForAppend();
    const p = this.packets.count++ & CHUNK_MASK;
    const second = Math.floor(Number(time));
    const length = number('len', 0);
    chunk.flow[p] = NONE_32;
    chunk.seconds[p] = second;
    chunk.nanoseconds[p] = Math.round((Number(time) - second) * 1e9);
    chunk.length[p] = number('wire', 54 + length);
    const error = /\berror\b/.test(rest) ? PacketFlag.IcmpError : 0;
    const fragment = /\bfragment\b/.test(rest) ? PacketFlag.Fragment : 0;
    chunk.flags[p] = PacketFlag.Time | error | fragment;
    const t = this.#transport;
    t.flowSource[i] = this.addresses.internIpv4(addressWord(source));
    t.flowDestination[i] = this.addresses.internIpv4(addressWord(destination));
    t.flowSourcePort[i] = Number(sourcePort);
    t.flowDestinationPort[i] = Number(destinationPort);
    t.flowProtocol[i] = PROTOCOLS[protocol] ?? 0;
    t.tcpFlags[i] = [...tcpFlags].reduce((bits, letter) => bits | (TCP_FLAGS[letter] ?? 0), 0);
    t.sequence[i] = number('seq', 0);
    t.acknowledgement[i] = number('ack', 0);
    t.window[i] = number('win', 8192);
    t.windowScale[i] = number('scale', 255);
    t.payloadLength[i] = length;
    t.unreachable[i] = /\bunreachable\b/.test(rest) ? 1 : 0;
  }
}

export const drawn = (text: string): DrawnPackets => new DrawnPackets().add(text);

/** Client 10.0.0.1:4000 opens a connection to 10.0.0.9:80 and exchanges nothing: client's next number is 101, server's 501. */
export const HANDSHAKE = `
  0.000 10.0.0.1:4000 > 10.0.0.9:80 S seq=100
  0.010 10.0.0.9:80 > 10.0.0.1:4000 SA seq=500 ack=101
  0.020 10.0.0.1:4000 > 10.0.0.9:80 A seq=101 ack=501
`;
