import { PacketFlag } from '../../../shared/model/packet-flags';
import { PacketClass, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { FloodCounter } from './flood';

const thresholds = {
  packets: {
    label: 'ICMP packets to one address within 10 s',
    unit: 'packets',
    presets: { quiet: 2000, balanced: 500, everything: 200 },
    min: 50,
    max: 10_000_000,
  },
  ratio: { label: 'Times its usual number', unit: 'times', presets: { quiet: 8, balanced: 8, everything: 4 }, min: 1, max: 1000 },
} as const satisfies Thresholds;

/** Answers to pings, and errors about the target's own packets, are what it brought about itself. */
class IcmpFlood implements Detector {
  readonly packetClasses = PacketClass.Icmp;
  readonly #context: DetectionContext;
  readonly #counter: FloodCounter;

  constructor({ packets, ratio }: Values<typeof thresholds>, context: DetectionContext) {
    this.#context = context;
    const quiet = 'answers to its own pings';
    this.#counter = new FloodCounter({ type: 'icmp_flood', protocol: 'ICMP', packets, ratio, minFlows: () => 0, quiet }, context);
  }

  gap(gap: Gap): void {
    this.#counter.gap(gap);
  }

  packet(packet: PacketFacts): void {
    if (packet.source < 0 || packet.backward || (packet.flags & PacketFlag.IcmpError) !== 0) return;
    if (!this.#context.isGroup(packet.destination)) this.#counter.add(packet);
  }
}

export const icmpFlood = defineRule({
  id: 'T6',
  type: 'icmp_flood',
  title: 'ICMP flood',
  about: 'One address is sent far more pings or other ICMP packets than usual.',
  severity: 'high',
  technique: 'T1498.001',
  techniqueName: 'Network Denial of Service: Direct Network Flood',
  thresholds,
  quietPeriod: 60,
  absorbs: [],
  make: (values, context) => new IcmpFlood(values, context),
});
