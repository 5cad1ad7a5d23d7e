import type { FlowFacts } from '../facts';

const TCP = 6;
const UDP = 17;
const [SYN, RST, ACK] = [2, 4, 16] as const;
/** Services listen below, clients ask from above. */
const FIRST_CLIENT_PORT = 1024;

/** What a flow's first packet says of who began. */
export const Opening = {
  /** The flow's originator, or nothing speaks against it. */
  Asks: 1,
  /** The question was not captured: the flow's originator is the one who was asked. */
  Answers: 2,
  /** A refusal of something that was not captured. */
  Refuses: 3,
} as const;

/** For `FlowEventKind.Begin`: a capture may hold one direction alone, or begin in the middle, and then names the wrong one as originator. */
export function openingOf({ protocol, tcpFlags, sourcePort, destinationPort }: FlowFacts): number {
  if (protocol !== TCP && protocol !== UDP) return Opening.Asks;
  if (protocol === TCP) {
    if ((tcpFlags & RST) !== 0) return Opening.Refuses;
    if ((tcpFlags & SYN) !== 0) return (tcpFlags & ACK) !== 0 ? Opening.Answers : Opening.Asks;
  }
  return sourcePort < FIRST_CLIENT_PORT && destinationPort >= FIRST_CLIENT_PORT ? Opening.Answers : Opening.Asks;
}
