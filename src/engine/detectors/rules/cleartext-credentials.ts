import { AUTH_SERVICE_NAMES, AuthService, EventKind } from '../../../shared/model/event-kinds';
import type { Alert } from '../alert';
import type { MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';

/** Users that an alert names. */
const MAX_USERS = 16;
/** Servers whose logins are counted. */
const MAX_ENDS = 8192;
/** Names that stand for no secret in FTP (RFC 1635). */
const ANONYMOUS: readonly string[] = ['anonymous', 'ftp'];

const thresholds = {
  logins: {
    label: 'Logins in clear text to one service',
    unit: 'logins',
    presets: { quiet: 3, balanced: 1, everything: 1 },
    min: 1,
    max: 1000,
  },
} satisfies Thresholds;

interface Logins {
  count: number;
  readonly users: string[];
  alert: Alert | null;
}

/** Secrets that anybody on the way can read. Only that there was one is known here, and the user's name. */
class CleartextDetector implements Detector {
  readonly messageKinds = [EventKind.CleartextCredentials];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #logins = new LruMap<string, Logins>(MAX_ENDS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message({ name, number, source, destination, destinationPort, sourcePort, row, flow }: MessageFacts): void {
    // What a machine says to itself is on no wire.
    if (source < 0 || source === destination) return;
    const user = this.#context.text(name);
    if (number === AuthService.Ftp && ANONYMOUS.includes(user.toLowerCase())) return;
    const ends = `${source} ${destination} ${destinationPort}`;
    const logins = this.#logins.touch(ends) ?? { count: 0, users: [], alert: null };
    if (logins.count === 0) this.#logins.set(ends, logins);
    logins.count++;
    if (user !== '' && logins.users.length < MAX_USERS && !logins.users.includes(user)) logins.users.push(user);
    if (logins.count < this.#values.logins) return;
    const { addresses, book } = this.#context;
    if (logins.alert !== null && book.isOpen(logins.alert)) {
      book.fold(logins.alert, row, flow);
      return;
    }
    const service = AUTH_SERVICE_NAMES[number] ?? '';
    logins.alert = book.raise({
      type: 'cleartext_credentials',
      source,
      sourcePort,
      target: destination,
      targetPort: destinationPort,
      detail: service,
      rows: [row],
      flows: [flow],
      describe: () => ({
        title: `${service} password in clear text`,
        description: `${addresses.text(source)} logged in to ${addresses.text(destination)} by ${service} without encryption${logins.users.length === 0 ? '' : ` as ${logins.users.map((one) => `'${one}'`).join(', ')}`}: anybody on the way can read the password. It is not kept here.`,
        evidence: { service, users: [...logins.users], logins: logins.count },
        why: {
          measure: 'logins in clear text to the service',
          value: logins.count,
          threshold: this.#values.logins,
          unit: 'logins',
          window: null,
          quiet: `Encryption (TLS), or fewer than ${this.#values.logins} logins.`,
        },
      }),
    });
  }
}

export const cleartextCredentials = defineRule({
  id: 'T19',
  type: 'cleartext_credentials',
  title: 'Password in clear text',
  about: 'Somebody logs in without encryption, so that anybody on the way can read the password.',
  severity: 'medium',
  technique: 'T1040',
  techniqueName: 'Network Sniffing',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new CleartextDetector(values, context),
});
