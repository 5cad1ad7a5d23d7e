import { FlowEventKind } from '../../flows/flow-events';
import { type FlowFacts, PacketClass, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { FloodCounter } from './flood';

const UDP = 17;
/** Flows known to be answered, by flow index: each answer marks its flow again, so a lost place is soon back. */
const ANSWERED = 1 << 16;
/** A stream (a call, a film, measurements of a network) has thousands of packets a flow, a flood has its ports or sources drawn by lot. */
const PACKETS_A_FLOW = 50;
const MIN_FLOWS = 20;
/** Times the threshold that no stream without answers has: tools that send from one port, as fast as they can. */
const OVERWHELMING = 10;

const thresholds = {
  packets: {
    label: 'Unanswered UDP packets to one address within 10 s',
    unit: 'packets',
    presets: { quiet: 20_000, balanced: 5000, everything: 2000 },
    min: 100,
    max: 10_000_000,
  },
  ratio: { label: 'Times its usual number', unit: 'times', presets: { quiet: 8, balanced: 8, everything: 4 }, min: 1, max: 1000 },
} as const satisfies Thresholds;

/** Packets of flows that the target answers are traffic that it wants. */
class UdpFlood implements Detector {
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Answered];
  readonly packetClasses = PacketClass.Udp;
  readonly #context: DetectionContext;
  readonly #counter: FloodCounter;
  readonly #answered = new Int32Array(ANSWERED).fill(-1);

  constructor({ packets, ratio }: Values<typeof thresholds>, context: DetectionContext) {
    this.#context = context;
    const minFlows = (count: number): number => (count >= packets * OVERWHELMING ? 0 : Math.max(MIN_FLOWS, count / PACKETS_A_FLOW));
    const quiet = 'answers from the address, or few ports and sources, as of a call or a film';
    this.#counter = new FloodCounter({ type: 'udp_flood', protocol: 'UDP', packets, ratio, minFlows, quiet }, context);
  }

  gap(gap: Gap): void {
    this.#counter.gap(gap);
  }

  packet(packet: PacketFacts): void {
    const { flow } = packet;
    if (flow < 0) return;
    const at = flow & (ANSWERED - 1);
    if (packet.backward) this.#answered[at] = flow;
    else if (this.#answered[at] !== flow && !this.#context.isGroup(packet.destination)) this.#counter.add(packet);
  }

  flow(event: FlowFacts): void {
    if (event.protocol !== UDP) return;
    if (event.kind === FlowEventKind.Answered) this.#counter.takeBack(event.destination, event.firstTime, event.packets);
    else if (event.kind === FlowEventKind.Begin && !this.#context.isGroup(event.destination)) {
      this.#counter.addFlow(event.destination, event.now);
    }
  }
}

export const udpFlood = defineRule({
  id: 'T6',
  type: 'udp_flood',
  title: 'UDP flood',
  about: 'One address is sent far more UDP packets than usual, which it does not answer.',
  severity: 'high',
  technique: 'T1498.001',
  techniqueName: 'Network Denial of Service: Direct Network Flood',
  thresholds,
  quietPeriod: 60,
  absorbs: [],
  make: (values, context) => new UdpFlood(values, context),
});
