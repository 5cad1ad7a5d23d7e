import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import type { FlowRow } from '../../shared/model/records';
import type { FlowIndex, Nanoseconds, TextIndex } from '../../shared/model/units';
import { flowStateName } from '../flows/flow-state';
import type { FlowTable } from '../flows/flow-table';
import type { SessionTables } from '../session-tables';

const TCP = 6;

const LETTERS: readonly (readonly [number, string])[] = [
  [0x02, 'S'],
  [0x10, 'A'],
  [0x08, 'P'],
  [0x01, 'F'],
  [0x04, 'R'],
  [0x20, 'U'],
  [0x40, 'E'],
  [0x80, 'C'],
];

/** TCP flags as letters: SYN, ACK, PSH, FIN, RST, URG, ECE, CWR. */
export const tcpFlagLetters = (flags: number): string =>
  LETTERS.reduce((text, [bit, letter]) => ((flags & bit) !== 0 ? text + letter : text), '');

/** What the flow's responder is called: by its own protocol, else by a DNS answer. */
export function flowHost(tables: SessionTables, flow: FlowIndex): TextIndex {
  const own = tables.flows.host(flow);
  return own >= 0 ? own : tables.hostNames.get(tables.flows.destination(flow));
}

/** Flags seen in either direction; '' where it is no TCP flow. */
export const flowFlagLetters = (flows: FlowTable, flow: FlowIndex): string =>
  flows.protocol(flow) === TCP ? tcpFlagLetters(flows.tcpFlags(flow, 0) | flows.tcpFlags(flow, 1)) : '';

/** Of the TCP handshake; null where it was not seen. */
export function roundTrip(flows: FlowTable, flow: FlowIndex): Nanoseconds | null {
  const answer = flows.answerTime(flow);
  const complete = flows.completeTime(flow);
  const sum = complete >= 0 ? complete + Math.max(0, answer) : answer;
  return sum >= 0 ? sum : null;
}

/** A flow as lists show it. `serviceName` turns the flow's service number into a name. */
export function flowRow(tables: SessionTables, serviceName: (service: number) => string, flow: FlowIndex): FlowRow {
  const { flows, addresses, texts } = tables;
  const protocol = flows.protocol(flow);
  const ports = hasPorts(protocol);
  return {
    index: flow,
    protocol: ipProtocolName(protocol),
    source: addresses.text(flows.source(flow)),
    sourcePort: ports ? flows.sourcePort(flow) : null,
    destination: addresses.text(flows.destination(flow)),
    destinationPort: ports ? flows.destinationPort(flow) : null,
    firstTime: flows.firstTime(flow),
    lastTime: flows.lastTime(flow),
    packets: flows.packets(flow, 0),
    bytes: flows.bytes(flow, 0),
    packetsBack: flows.packets(flow, 1),
    bytesBack: flows.bytes(flow, 1),
    state: flowStateName(flows.state(flow)),
    tcpFlags: flowFlagLetters(flows, flow),
    service: serviceName(flows.service(flow)),
    host: texts.text(flowHost(tables, flow)),
    roundTrip: roundTrip(flows, flow),
    retransmissions: flows.retransmissions(flow),
    firstPacket: flows.firstRow(flow),
    process: tables.processes?.process(flow) ?? null,
    pids: tables.processes?.pids(flow) ?? [],
    users: tables.processes?.users(flow) ?? [],
    socket: tables.processes?.socket(flow) ?? null,
  };
}
