import type { HostName, NameOrigin, Ranked } from '../../shared/model/hosts';
import type { AddressIndex, FlowIndex, TextIndex } from '../../shared/model/units';
import type { SessionTables } from '../session-tables';

/** Names of one address that are told apart, and that a page lists: a large host has hundreds, a proxy any number. */
const MAX_NAMES = 4096;
const TOP = 20;

/** Of the services that say a name. */
const ORIGINS: ReadonlyMap<string, NameOrigin> = new Map([
  ['tls', 'tls'],
  ['dtls', 'tls'],
  ['quic', 'tls'],
  ['gquic', 'tls'],
  ['http', 'http'],
]);

/** What an address is called, and by whom. */
export class NameTally {
  readonly #tables: SessionTables;
  readonly #serviceName: (service: number) => string;
  readonly #address: AddressIndex;
  readonly #flows = new Map<string, { text: TextIndex; origin: NameOrigin; flows: number }>();

  constructor(tables: SessionTables, serviceName: (service: number) => string, address: AddressIndex) {
    this.#tables = tables;
    this.#serviceName = serviceName;
    this.#address = address;
  }

  /** A flow to the address. */
  addFlow(flow: FlowIndex): void {
    const { flows } = this.#tables;
    const text = flows.host(flow);
    if (text < 0) return;
    const origin = ORIGINS.get(this.#serviceName(flows.service(flow))) ?? 'other';
    const key = `${origin} ${text}`;
    const known = this.#flows.get(key);
    if (known) known.flows++;
    else if (this.#flows.size < MAX_NAMES) this.#flows.set(key, { text, origin, flows: 1 });
  }

  /** The DNS answer first, then those that most flows said. */
  ranked(): Ranked<HostName> {
    const { texts, hostNames } = this.#tables;
    const answered = hostNames.get(this.#address);
    const said = [...this.#flows.values()]
      .sort((a, b) => b.flows - a.flows)
      .map(({ text, origin, flows }): HostName => ({ name: texts.text(text), origin, flows }));
    const rows: HostName[] = answered < 0 ? said : [{ name: texts.text(answered), origin: 'dns', flows: 0 }, ...said];
    return { rows: rows.slice(0, TOP), total: rows.length };
  }
}
