import { EventKind } from '../../../shared/model/event-kinds';
import type { FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { FlowFacts, MessageFacts } from '../facts';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Thresholds, type Values } from '../rule';
import { type BeaconScore, beaconScore } from './beacon-score';
import { BY_NAME, Call, type Calls, CallTable } from './call-table';

const SECOND: Nanoseconds = 1_000_000_000;
const TCP = 6;
const UDP = 17;
/** Seconds that coverage is measured against, at least and at most. */
const MIN_REFERENCE = 300;
const MAX_REFERENCE = 3600;
/** A contact is looked at again when it has grown by this. */
const GROWTH = 1.25;
/** TLS connections whose contact by name is told their size when they end. */
const NAMED_FLOWS = 16_384;
/**
 * What every network does at regular times and answers by itself: DNS, DHCP, TFTP boot, NTP, NetBIOS, SNMP, PTP, syslog, DHCPv6, SSDP, STUN,
 * WS-Discovery, NAT-PMP and PCP, mDNS, LLMNR.
 */
const REGULAR_PORTS: ReadonlySet<number> = new Set([
  53, 67, 68, 69, 123, 137, 138, 139, 161, 162, 319, 320, 514, 546, 547, 1900, 3478, 3702, 5350, 5351, 5353, 5355,
]);

const thresholds = {
  score: { label: 'Score', unit: '0..1', presets: { quiet: 0.9, balanced: 0.8, everything: 0.7 }, min: 0.5, max: 1 },
  connections: { label: 'Connections', unit: 'connections', presets: { quiet: 30, balanced: 20, everything: 12 }, min: 8, max: 10_000 },
  jitter: {
    label: 'Jitter, as a part of the interval',
    unit: '0..1',
    presets: { quiet: 0.2, balanced: 0.3, everything: 0.5 },
    min: 0.01,
    max: 1,
  },
} satisfies Thresholds;

/**
 * Connections of one source to one address and port, and to one name (of HTTP or TLS) whatever its addresses. TCP counts when its handshake
 * was completed, UDP when it was answered. The score's coverage is measured against the session's time so far, at least 5 minutes (a page that
 * loads is regular for seconds) and at most an hour (a beacon that begins in a session of days is found in its first hours, not after days).
 * People who use the same server all day score well in everything but timing, so that the jitter has a limit of its own.
 */
class BeaconDetector implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6, 17];
  readonly flowKinds = [FlowEventKind.Established, FlowEventKind.Answered, FlowEventKind.Ended];
  readonly messageKinds = [EventKind.HttpRequest, EventKind.TlsClientHello];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #calls = new CallTable();
  readonly #call = new Call();
  readonly #namedFlow = new Int32Array(NAMED_FLOWS).fill(-1);
  readonly #nameOfFlow = new Int32Array(NAMED_FLOWS);
  #start: Nanoseconds = Number.NaN;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  flow(event: FlowFacts): void {
    if (Number.isNaN(this.#start)) this.#start = event.now;
    const { kind, protocol, destination, destinationPort } = event;
    if (kind === FlowEventKind.Ended) this.#ended(event);
    const isConnected = protocol === TCP ? kind === FlowEventKind.Established : protocol === UDP && kind === FlowEventKind.Answered;
    if (!isConnected || REGULAR_PORTS.has(destinationPort) || this.#context.isGroup(destination)) return;
    const calls = this.#add(event, destination, destinationPort, event.firstTime);
    if (calls === null) return;
    if (protocol === UDP) calls.addSize(event.payload);
    this.#look(calls, event.now, event.row, event.flow);
  }

  message(message: MessageFacts): void {
    const { name, source, destination, destinationPort, flow, kind, now } = message;
    if (name < 0 || source < 0 || destination < 0 || message.backward || REGULAR_PORTS.has(destinationPort)) return;
    if (kind === EventKind.TlsClientHello && flow >= 0) {
      this.#namedFlow[flow % NAMED_FLOWS] = flow;
      this.#nameOfFlow[flow % NAMED_FLOWS] = name;
    }
    const calls = this.#add(message, name, BY_NAME, now);
    if (calls === null) return;
    if (kind === EventKind.HttpRequest) calls.addSize(message.payloadLength);
    this.#look(calls, now, message.row, flow);
  }

  #add(fact: FlowFacts | MessageFacts, peer: number, port: number, time: Nanoseconds): Calls | null {
    const call = this.#call;
    call.source = fact.source;
    call.target = fact.destination;
    call.targetPort = fact.destinationPort;
    call.time = time;
    call.row = fact.row;
    call.flow = fact.flow;
    return this.#calls.add(call, peer, port);
  }

  /** What a connection sent is known when it is over. */
  #ended({ source, destination, destinationPort, flow, payload }: FlowFacts): void {
    this.#calls.find(source, destination, destinationPort)?.addSize(payload);
    if (this.#namedFlow[flow % NAMED_FLOWS] !== flow) return;
    this.#calls.find(source, this.#nameOfFlow[flow % NAMED_FLOWS] ?? -1, BY_NAME)?.addSize(payload);
  }

  #look(calls: Calls, now: Nanoseconds, row: PacketIndex, flow: FlowIndex): void {
    const { alert } = calls;
    if (alert !== null && this.#context.book.isOpen(alert)) {
      if (!calls.isTold) this.#context.book.fold(alert, row, flow);
      return;
    }
    if (calls.connections < Math.max(calls.lookAt, this.#values.connections)) return;
    calls.lookAt = Math.ceil(calls.connections * GROWTH);
    const pauses = this.#context.gaps.whole().map(({ from, to }) => ({ from: from / SECOND, to: to / SECOND }));
    const elapsed = (now - this.#start) / SECOND - pauses.reduce((sum, { from, to }) => sum + to - from, 0);
    const reference = Math.min(MAX_REFERENCE, Math.max(MIN_REFERENCE, elapsed));
    const score = beaconScore(calls.times(), calls.sizes, reference, pauses);
    const isSteady = score.jitter <= score.interval * this.#values.jitter;
    if (isSteady && score.total >= this.#values.score) this.#raise(calls, score);
  }

  #raise(calls: Calls, score: BeaconScore): void {
    const { target, targetPort, source } = calls;
    calls.alert = this.#context.book.raise({
      type: 'beaconing',
      source,
      target,
      targetPort,
      since: (calls.times()[0] ?? 0) * SECOND,
      rows: calls.rows,
      flows: calls.flows,
      describe: () => this.#describe(calls, score),
    });
    // The same ends by address and by name are one alert.
    calls.isTold = calls.alert !== null && calls.alert.count > 1;
  }

  #describe({ source, target, targetPort, port, peer, connections, sizes }: Calls, score: BeaconScore) {
    const { addresses, text } = this.#context;
    const host = port === BY_NAME ? text(peer) : '';
    const where = host !== '' ? host : `${addresses.text(target)} port ${targetPort}`;
    return {
      title: 'Regular calls to one peer',
      description: `${addresses.text(source)} connects to ${where} every ${rounded(score.interval)} s, give or take ${rounded(score.jitter)} s: ${connections} times so far.`,
      evidence: {
        score: rounded(score.total),
        timing: rounded(score.timing),
        size: rounded(score.size),
        duration: rounded(score.duration),
        histogram: rounded(score.histogram),
        interval: rounded(score.interval),
        jitter: rounded(score.jitter),
        connections,
        bytesEach: sizes.at(-1) ?? 0,
        ...(host !== '' && { host }),
      },
      why: {
        measure: 'beacon score',
        value: rounded(score.total),
        threshold: this.#values.score,
        unit: '0..1',
        window: null,
        quiet: `Fewer than ${this.#values.connections} connections, or intervals and sizes that vary more.`,
      },
    };
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export const beaconing = defineRule({
  id: 'T10',
  type: 'beaconing',
  title: 'Beaconing',
  about: 'A device calls the same peer again and again at regular times, as malware asks its operator for orders.',
  severity: 'medium',
  technique: 'T1071',
  techniqueName: 'Application Layer Protocol',
  thresholds,
  quietPeriod: 7200,
  absorbs: [],
  make: (values, context) => new BeaconDetector(values, context),
});
