import { AUTH_SERVICE_NAMES, AuthOutcome, AuthService, EventKind } from '../../../shared/model/event-kinds';
import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { Alert } from '../alert';
import { type FlowFacts, type MessageFacts, PacketClass, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Thresholds, type Values } from '../rule';
import { authPort, MAX_PATIENCE, SSH_PORT } from './auth-ports';
import { type Recent, RecentByEnds } from './recent-by-ends';
import { RecentMessages } from './recent-messages';
import { SshLogins, SshProgress } from './ssh-logins';

const TCP = 6;
const SECOND = 1_000_000_000;
/** Two interfaces see a packet within this; who guesses faster still fails often enough. */
const COPY_LIMIT: Nanoseconds = SECOND / 200;
/** Sources and ports with failures, for each way of telling a failure; about 1 KB each at most. */
const ENDS = 4096;
const MAX_COUNT = 100;
/** Flows whose login was answered, by flow index: a later one takes the place. */
const ANSWERED = 1 << 14;
/** A browser's Windows login (NTLM, RFC 4559) is turned down twice before it is let in. */
const REFUSALS_OF_A_LOGIN = 2;
/** Seconds. */
const FORM_WINDOW = 30;

const thresholds = {
  refused: {
    label: 'Refused connections to one port',
    unit: 'connections',
    presets: { quiet: 20, balanced: 5, everything: 4 },
    min: 2,
    max: MAX_COUNT,
  },
  refusedWindow: {
    label: 'Refused connections within',
    unit: 's',
    presets: { quiet: 30, balanced: 30, everything: 60 },
    min: 1,
    max: 3600,
  },
  sessions: {
    label: 'Short sessions with a login service',
    unit: 'sessions',
    presets: { quiet: 10, balanced: 5, everything: 4 },
    min: 2,
    max: MAX_COUNT,
  },
  answers: {
    label: 'Logins that the server turned down',
    unit: 'logins',
    presets: { quiet: 10, balanced: 5, everything: 3 },
    min: 2,
    max: MAX_COUNT,
  },
  window: { label: 'Sessions and logins within', unit: 's', presets: { quiet: 120, balanced: 120, everything: 300 }, min: 1, max: 3600 },
  sessionSeconds: {
    label: 'A short session lasts less than',
    unit: 's',
    presets: { quiet: 10, balanced: 10, everything: 20 },
    min: 1,
    max: 600,
  },
  sessionBytes: {
    label: 'A short session sends less than',
    unit: 'bytes',
    presets: { quiet: 8192, balanced: 8192, everything: 8192 },
    min: 256,
    max: 1_000_000,
  },
  webAnswers: {
    label: 'Web requests turned down (401)',
    unit: 'answers',
    presets: { quiet: 30, balanced: 10, everything: 6 },
    min: 3,
    max: MAX_COUNT,
  },
  forms: {
    label: 'Passwords that one client sends to one server by web forms, within 30 s',
    unit: 'logins',
    presets: { quiet: 40, balanced: 15, everything: 8 },
    min: 3,
    max: MAX_COUNT,
  },
  webWindow: {
    label: 'Web requests turned down within',
    unit: 's',
    presets: { quiet: 30, balanced: 30, everything: 60 },
    min: 1,
    max: 3600,
  },
} as const satisfies Thresholds;

/** How a failure was told. */
interface Way {
  readonly what: string;
  readonly measure: string;
  readonly unit: string;
  readonly threshold: number;
  /** Seconds. */
  readonly window: number;
  /** Logins failed for certain, while short sessions and refusals may be a scan's. */
  readonly certain: boolean;
  readonly ends: RecentByEnds;
}

/** Someone tries passwords: connections that fail one after another, or logins that the server turns down. */
class BruteForce implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6];
  readonly flowKinds = [FlowEventKind.Established, FlowEventKind.Refused, FlowEventKind.Ended];
  readonly packetClasses = PacketClass.Tcp;
  readonly messageKinds = [EventKind.Authentication, EventKind.HttpResponse, EventKind.Service, EventKind.CleartextCredentials];
  readonly #context: DetectionContext;
  readonly #recent = new RecentMessages(COPY_LIMIT);
  readonly #values: Values<typeof thresholds>;
  readonly #ssh = new SshLogins();
  /** Flows whose server answered a login. */
  readonly #answered = new Int32Array(ANSWERED).fill(-1);
  readonly #refused: Way;
  readonly #sessions: Way;
  readonly #sshSessions: Way;
  readonly #answers: Way;
  readonly #web: Way;
  /** Whether a form let somebody in cannot be read; nobody fills in one every other second. */
  readonly #forms: Way;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    const way = (certain: boolean, what: string, measure: string, unit: string, threshold: number, window: number, times = 1): Way => {
      const least = Math.ceil(threshold);
      return { certain, what, measure, unit, threshold: least, window, ends: new RecentByEnds(ENDS, least * times) };
    };
    const { refused, refusedWindow, sessions, answers, window, webAnswers, webWindow, forms } = values;
    this.#refused = way(false, 'connections were refused', 'refused connections', 'connections', refused, refusedWindow);
    this.#sessions = way(false, 'short login sessions', 'short sessions', 'sessions', sessions, window, MAX_PATIENCE);
    this.#sshSessions = way(true, 'SSH sessions without a login', 'failed SSH sessions', 'sessions', sessions, window);
    this.#answers = way(true, 'logins were turned down', 'failed logins', 'logins', answers, window);
    this.#forms = way(true, 'passwords were sent by a web form', 'passwords sent by web forms', 'logins', forms, FORM_WINDOW);
    this.#web = way(true, 'web requests were turned down', '401 answers', 'answers', webAnswers, webWindow);
  }

  packet(packet: PacketFacts): void {
    if (this.#ssh.follows(packet.flow)) this.#ssh.add(packet);
  }

  flow(event: FlowFacts): void {
    switch (event.kind) {
      case FlowEventKind.Established:
        if (event.destinationPort === SSH_PORT) this.#ssh.begin(event.flow);
        return;
      case FlowEventKind.Refused:
        this.#failed(this.#refused, event.source, event.destination, event.destinationPort, event);
        return;
      case FlowEventKind.Ended:
        this.#ended(event);
    }
  }

  gap({ share }: Gap): void {
    if (share === 1) this.#ssh.forget();
  }

  message(message: MessageFacts): void {
    switch (message.kind) {
      case EventKind.Service:
        if (message.protocol === TCP && this.#context.serviceName(message.number) === 'ssh') this.#ssh.begin(message.flow);
        return;
      case EventKind.CleartextCredentials:
        if (message.number !== AuthService.WebForm) return;
        this.#failed(this.#forms, message.source, message.destination, message.destinationPort, message, 1, 'HTTP form');
        return;
      case EventKind.HttpResponse:
        this.#webAnswer(message);
        return;
      default:
        // TCP has taken copies out.
        if (message.protocol === TCP || !this.#recent.isCopy(message)) this.#answer(message);
    }
  }

  /** A session is over: it counts where it was short and nobody was let in. */
  #ended(event: FlowFacts): void {
    if (this.#ssh.follows(event.flow)) {
      if (this.#ssh.progress(event.flow) !== SshProgress.Login || this.#ssh.refusals(event.flow) === 0) return;
      this.#failed(this.#sshSessions, event.source, event.destination, event.destinationPort, event, 1, 'SSH');
      return;
    }
    const service = authPort(event.destinationPort);
    if (service === null || service.patience === 0 || event.destinationPort === SSH_PORT) return;
    if (this.#answered[event.flow & (ANSWERED - 1)] === event.flow) return;
    if (this.#context.gaps.silenced(event.firstTime, event.now)) return;
    if (event.payload === 0 || event.payloadBack === 0 || event.payload >= this.#values.sessionBytes) return;
    if (event.payloadBack >= this.#values.sessionBytes * 2) return;
    if (event.now - event.firstTime >= this.#values.sessionSeconds * SECOND) return;
    this.#failed(this.#sessions, event.source, event.destination, event.destinationPort, event, service.patience);
  }

  #answer(message: MessageFacts): void {
    const service = message.number >>> 8;
    // Web answers are counted by their status, beside the ones that let in.
    if (service === AuthService.Http) return;
    if (message.flow >= 0) this.#answered[message.flow & (ANSWERED - 1)] = message.flow;
    if ((message.number & 255) !== AuthOutcome.Failed) return;
    this.#failed(this.#answers, message.destination, message.source, message.sourcePort, message, 1, AUTH_SERVICE_NAMES[service] ?? '');
  }

  #webAnswer(message: MessageFacts): void {
    const { number: status, source, destination, sourcePort } = message;
    if (status === 401) this.#failed(this.#web, destination, source, sourcePort, message, 1, 'HTTP');
    // Who is let in was asked for a password before, once or twice.
    else if (status >= 200 && status < 400) this.#web.ends.find(destination, source, sourcePort)?.drop(REFUSALS_OF_A_LOGIN);
  }

  #failed(
    way: Way,
    source: AddressIndex,
    target: AddressIndex,
    port: number,
    at: { readonly now: Nanoseconds; readonly row: PacketIndex; readonly flow: FlowIndex },
    patience = 1,
    service = authPort(port)?.name ?? '',
  ): void {
    if (source < 0 || target < 0) return;
    const recent = way.ends.take(source, target, port);
    recent.add(at.now, at.row, at.flow);
    const { alert } = recent;
    if (alert !== null && this.#context.book.isOpen(alert)) {
      this.#context.book.fold(alert, at.row, at.flow);
      return;
    }
    const threshold = way.threshold * patience;
    const count = recent.countSince(at.now - way.window * SECOND);
    if (count >= threshold) recent.alert = this.#raise(way, recent, count, threshold, service);
  }

  #raise(way: Way, recent: Recent, count: number, threshold: number, service: string): Alert | null {
    const { source, target, port } = recent;
    const { addresses, book } = this.#context;
    let alert: Alert | null = null;
    let before = 1;
    const seconds = Math.round((book.now - recent.timeOf(count)) / 1e6) / 1000;
    const describe = () => {
      const failures = count + (alert?.count ?? before) - before;
      const name = service === '' ? `port ${port}` : service;
      return {
        title: way === this.#refused ? `Refused connections to ${name}, again and again` : `Password guessing against ${name}`,
        description: `${failures} ${way.what}: ${addresses.text(source)} tries ${addresses.text(target)}, port ${port}, again and again.`,
        evidence: { failures, toldBy: way.measure, port, service, firstFailures: count, firstSeconds: seconds, window: way.window },
        why: {
          measure: way.measure,
          value: count,
          threshold,
          unit: way.unit,
          window: way.window,
          quiet: `Fewer than ${threshold} ${way.unit} that fail within ${way.window} s, or logins that succeed.`,
        },
      };
    };
    alert = book.raise({
      type: 'brute_force',
      source,
      target,
      targetPort: port,
      // Not to be folded into an alert that a scan took in.
      ...(way.certain && { ownAlert: true, detail: 'logins' }),
      since: recent.timeOf(count),
      rows: recent.rows(count),
      flows: recent.flows(count),
      describe,
    });
    before = alert?.count ?? 1;
    return alert;
  }
}

export const bruteForce = defineRule({
  id: 'T4',
  type: 'brute_force',
  title: 'Password guessing',
  about: 'One address tries to log in to one service again and again and is turned down.',
  severity: 'high',
  technique: 'T1110',
  techniqueName: 'Brute Force',
  thresholds,
  quietPeriod: 300,
  absorbs: ['slow_scan', 'beaconing'],
  make: (values, context) => new BruteForce(values, context),
});
