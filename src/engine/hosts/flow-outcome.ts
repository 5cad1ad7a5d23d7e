import type { FlowIndex } from '../../shared/model/units';
import type { FlowRecords } from '../flows/flow-records';

/** How what the originator began ended. */
export const Outcome = { Answered: 0, Refused: 1, Silent: 2 } as const;

export const TCP = 6;
export const UDP = 17;

const SYN = 2;
const RST = 4;
const ACK = 16;

/**
 * Answered: the responder's SYN/ACK or data was seen, or any packet of it where it is not TCP. Refused: it only sent resets, or an ICMP error
 * said that it cannot be reached. Silent: nothing came back.
 */
export function outcomeOf(flows: FlowRecords, flow: FlowIndex): number {
  const back = flows.packets(flow, 1);
  if (flows.unreachable(flow)) return Outcome.Refused;
  if (back === 0) return Outcome.Silent;
  if (flows.protocol(flow) !== TCP) return Outcome.Answered;
  const flags = flows.tcpFlags(flow, 1);
  return (flags & SYN) === 0 && (flags & RST) !== 0 && flows.payloadBytes(flow, 1) === 0 ? Outcome.Refused : Outcome.Answered;
}

/**
 * Both ends are where they say they are: the originator acknowledged the SYN/ACK (a host whose address was forged answers it with a bare
 * RST, RFC 9293 section 3.5.2), or data went both ways.
 */
export const isTwoWay = (flows: FlowRecords, flow: FlowIndex): boolean =>
  flows.protocol(flow) === TCP &&
  (((flows.tcpFlags(flow, 1) & SYN) !== 0 && (flows.tcpFlags(flow, 0) & ACK) !== 0) ||
    (flows.payloadBytes(flow, 0) > 0 && flows.payloadBytes(flow, 1) > 0));
