/** How a flow's record was closed; `Open` while packets are expected. */
export const FlowEnd = { Open: 0, Idle: 1, Active: 2, Fin: 3, Reset: 4, Reused: 5 } as const;

/** What one end of a TCP connection has shown of itself, as in Zeek's endpoint states. */
export const Endpoint = { Inactive: 0, SynSent: 1, SynAckSent: 2, Partial: 3, Established: 4, Closed: 5, Reset: 6 } as const;

/** Zeek's conn_state (https://docs.zeek.org, base/protocols/conn/main.zeek). */
export const FlowState = {
  OTH: 0,
  S0: 1,
  S1: 2,
  SF: 3,
  REJ: 4,
  S2: 5,
  S3: 6,
  RSTO: 7,
  RSTR: 8,
  RSTOS0: 9,
  RSTRH: 10,
  SH: 11,
  SHR: 12,
} as const;

const NAMES = ['OTH', 'S0', 'S1', 'SF', 'REJ', 'S2', 'S3', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR'] as const;

export const flowStateName = (state: number): string => NAMES[state] ?? 'OTH';

/** State of a TCP flow from its two ends. `anyPayload`: either end sent data. */
export function tcpFlowState(originator: number, responder: number, anyPayload: boolean): number {
  const originatorQuiet = originator === Endpoint.Inactive || originator === Endpoint.Partial;
  const responderQuiet = responder === Endpoint.Inactive || responder === Endpoint.Partial;
  if (responder === Endpoint.Reset) {
    if (originator === Endpoint.SynSent || originator === Endpoint.SynAckSent) return FlowState.REJ;
    if (originator === Endpoint.Reset && !anyPayload) return FlowState.REJ;
    return originatorQuiet ? FlowState.RSTRH : FlowState.RSTR;
  }
  if (originator === Endpoint.Reset) return responderQuiet ? FlowState.RSTOS0 : FlowState.RSTO;
  if (originator === Endpoint.Closed && responder === Endpoint.Closed) return FlowState.SF;
  if (originator === Endpoint.Closed) return responderQuiet ? FlowState.SH : FlowState.S2;
  if (responder === Endpoint.Closed) return originatorQuiet ? FlowState.SHR : FlowState.S3;
  if (originator === Endpoint.SynSent && responder === Endpoint.Inactive) return FlowState.S0;
  if (originator === Endpoint.Established && responder === Endpoint.Established) return FlowState.S1;
  return FlowState.OTH;
}

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** State of the sender after it sent a segment with these flags. `peer` is the other end's state. */
export function senderAfter(sender: number, peer: number, tcpFlags: number): number {
  // Both ends have closed: what a RST says then changes nothing that the user cares for.
  if (sender === Endpoint.Closed && peer === Endpoint.Closed) return sender;
  if (tcpFlags & RST) return Endpoint.Reset;
  if (sender === Endpoint.Reset || sender === Endpoint.Closed) return sender;
  if (tcpFlags & FIN) return Endpoint.Closed;
  if (tcpFlags & SYN) {
    if (!(tcpFlags & ACK)) return sender === Endpoint.Inactive ? Endpoint.SynSent : sender;
    return peer === Endpoint.SynSent || peer === Endpoint.Established
      ? Endpoint.Established
      : sender === Endpoint.Inactive
        ? Endpoint.SynAckSent
        : sender;
  }
  if (sender === Endpoint.Inactive) return Endpoint.Partial;
  if (sender === Endpoint.SynAckSent && peer !== Endpoint.Inactive) return Endpoint.Established;
  return sender;
}

/** State of the receiver after that segment: a SYN/ACK answers its SYN. */
export function receiverAfter(receiver: number, tcpFlags: number): number {
  return receiver === Endpoint.SynSent && (tcpFlags & (SYN | ACK | RST)) === (SYN | ACK) ? Endpoint.Established : receiver;
}
