import { EventKind } from '../../../shared/model/event-kinds';
import type { AddressIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import { type FlowFacts, type MessageFacts, PacketClass, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Thresholds, type Values } from '../rule';
import { SSH_PORT } from './auth-ports';
import { type Recent, RecentByEnds } from './recent-by-ends';
import { SshLogins, SshProgress } from './ssh-logins';

const TCP = 6;
const SECOND = 1_000_000_000;
/** Sources, servers and ports with failed logins; about 1 KB each at most. */
const ENDS = 4096;
const MAX_FAILURES = 50;

const thresholds = {
  failures: {
    label: 'Failed SSH sessions before the login',
    unit: 'sessions',
    presets: { quiet: 5, balanced: 3, everything: 2 },
    min: 1,
    max: MAX_FAILURES,
  },
  window: { label: 'Failed within', unit: 's', presets: { quiet: 600, balanced: 600, everything: 3600 }, min: 10, max: 86_400 },
} as const satisfies Thresholds;

/** Someone who guessed passwords is let in: the guess was right. */
class SshLoginAfterFailures implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6];
  readonly flowKinds = [FlowEventKind.Established, FlowEventKind.Ended];
  readonly packetClasses = PacketClass.Tcp;
  readonly messageKinds = [EventKind.Service];
  readonly #context: DetectionContext;
  readonly #values: Values<typeof thresholds>;
  readonly #ssh = new SshLogins();
  readonly #failed: RecentByEnds;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#failed = new RecentByEnds(ENDS, MAX_FAILURES);
  }

  packet(packet: PacketFacts): void {
    if (!this.#ssh.follows(packet.flow) || !this.#ssh.add(packet)) return;
    const { backward } = packet;
    const source = backward ? packet.destination : packet.source;
    const target = backward ? packet.source : packet.destination;
    const recent = this.#failed.find(source, target, backward ? packet.sourcePort : packet.destinationPort);
    if (recent === null) return;
    const failures = recent.countSince(packet.now - this.#values.window * SECOND);
    if (failures >= this.#values.failures) this.#raise(packet, recent, source, target, failures);
  }

  flow(event: FlowFacts): void {
    if (event.kind === FlowEventKind.Established) {
      if (event.destinationPort === SSH_PORT) this.#ssh.begin(event.flow);
      return;
    }
    if (event.kind !== FlowEventKind.Ended || this.#ssh.progress(event.flow) !== SshProgress.Login) return;
    if (this.#ssh.refusals(event.flow) === 0) return;
    this.#failed.take(event.source, event.destination, event.destinationPort).add(event.now, event.row, event.flow);
  }

  gap({ share }: Gap): void {
    if (share === 1) this.#ssh.forget();
  }

  message(message: MessageFacts): void {
    if (message.protocol === TCP && this.#context.serviceName(message.number) === 'ssh') this.#ssh.begin(message.flow);
  }

  #raise(packet: PacketFacts, recent: Recent, source: AddressIndex, target: AddressIndex, failures: number): void {
    const { addresses, book } = this.#context;
    const { window } = this.#values;
    const threshold = Math.ceil(this.#values.failures);
    const { port } = recent;
    const { flow } = packet;
    const seconds = Math.round((packet.now - recent.timeOf(failures)) / SECOND);
    const describe = () => ({
      title: 'SSH login after failed attempts',
      description: `${addresses.text(source)} got into ${addresses.text(target)} by SSH after ${failures} failed sessions: a password may have been guessed.`,
      evidence: { failures, secondsSinceFirstFailure: seconds, port, flow, window },
      why: {
        measure: 'failed SSH sessions before a login',
        value: failures,
        threshold,
        unit: 'sessions',
        window,
        quiet: `Fewer than ${threshold} failed sessions of that source in the ${window} s before its login.`,
      },
    });
    book.raise({
      type: 'ssh_login_after_failures',
      source,
      target,
      targetPort: port,
      rows: [packet.row, ...recent.rows(failures)],
      flows: [flow, ...recent.flows(failures)],
      describe,
    });
  }
}

export const sshLoginAfterFailures = defineRule({
  id: 'T23',
  type: 'ssh_login_after_failures',
  title: 'SSH login after failed attempts',
  about: 'An address that failed to log in by SSH several times is let in.',
  severity: 'critical',
  technique: 'T1078',
  techniqueName: 'Valid Accounts',
  thresholds,
  quietPeriod: 600,
  absorbs: [],
  make: (values, context) => new SshLoginAfterFailures(values, context),
});
