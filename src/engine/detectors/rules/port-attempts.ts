import { FlowEventKind } from '../../flows/flow-events';
import type { FlowFacts } from '../facts';

const TCP = 6;
const UDP = 17;
const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;
const URG = 32;
const CONTROL = FIN | SYN | RST | PSH | ACK | URG;
/** Where clients' own ports begin (the lowest of the common defaults, Linux'). */
const FIRST_EPHEMERAL = 32_768;
const FIRST_UNPRIVILEGED = 1024;
/** UDP traceroute counts its hops in the port: 33434 and up, three a hop. */
const TRACEROUTE_FIRST = 33_434;
const TRACEROUTE_LAST = 33_690;

/** How a port was tried. */
export const ProbeKind = { None: 0, Syn: 1, Fin: 2, Null: 3, Xmas: 4, Ack: 5, Udp: 6 } as const;

export const PROBE_NAMES = ['', 'SYN', 'FIN', 'NULL', 'Xmas', 'ACK', 'UDP'] as const;

/** What came of it. */
export const Outcome = {
  /** Nothing yet. */
  Pending: 0,
  /** SYN/ACK. */
  Answered: 1,
  /** A connection that was not closed empty, or a UDP answer: what clients of a service do. */
  Talked: 2,
  /** RST, or ICMP unreachable. */
  Refused: 3,
  /** Connected and closed without a byte. */
  Probed: 4,
} as const;

/** How this flow's first packet tries a port; `None` where it does not. */
export function probeKind(event: FlowFacts): number {
  const { protocol, sourcePort, destinationPort } = event;
  if (protocol === UDP) {
    if (looksLikeAnswer(sourcePort, destinationPort)) return ProbeKind.None;
    return destinationPort >= TRACEROUTE_FIRST && destinationPort <= TRACEROUTE_LAST ? ProbeKind.None : ProbeKind.Udp;
  }
  if (protocol !== TCP) return ProbeKind.None;
  const flags = event.tcpFlags & CONTROL;
  if ((flags & RST) !== 0) return ProbeKind.None;
  if ((flags & ACK) === 0) {
    if ((flags & SYN) !== 0) return ProbeKind.Syn;
    if (flags === 0) return ProbeKind.Null;
    return flags === FIN ? ProbeKind.Fin : ProbeKind.Xmas;
  }
  // A bare ACK is mostly a connection that is older than the capture.
  return flags === ACK && event.payload === 0 && !looksLikeAnswer(sourcePort, destinationPort) ? ProbeKind.Ack : ProbeKind.None;
}

/** A server's answers whose questions were not captured: from its own port to ports that clients use. */
const looksLikeAnswer = (sourcePort: number, destinationPort: number): boolean =>
  (sourcePort < FIRST_UNPRIVILEGED && destinationPort >= FIRST_UNPRIVILEGED) ||
  (sourcePort < FIRST_EPHEMERAL && destinationPort >= FIRST_EPHEMERAL);

/** What an attempt has come to after this event. */
export function outcomeAfter(outcome: number, event: FlowFacts): number {
  switch (event.kind) {
    case FlowEventKind.Answered:
      if (outcome === Outcome.Talked) return outcome;
      return event.protocol === UDP ? Outcome.Talked : Outcome.Answered;
    case FlowEventKind.Established:
      return Outcome.Talked;
    case FlowEventKind.Refused:
    case FlowEventKind.Unreachable:
      return outcome === Outcome.Pending ? Outcome.Refused : outcome;
    case FlowEventKind.Ended:
      return outcome === Outcome.Talked && event.payload + event.payloadBack === 0 ? Outcome.Probed : outcome;
    default:
      return outcome;
  }
}
