import type { AddressIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { Alert } from '../alert';
import type { FlowFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { Opening, openingOf } from './opening';

const TCP = 6;
/** Answers of `DetectionLists.torRelay`. */
const NO_RELAY = 0;
const EXIT = 2;
const MAX_ENDS = 8192;

const thresholds = {
  connections: {
    label: 'Connections with a listed relay',
    unit: 'connections',
    presets: { quiet: 3, balanced: 1, everything: 1 },
    min: 1,
    max: 1000,
  },
} satisfies Thresholds;

interface Contact {
  connections: number;
  port: number;
  alert: Alert | null;
}

/** Tor carries TCP alone: a connection to a listed relay, or an accepted one from a listed exit. */
class TorDetector implements Detector {
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Established];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  /** By 'client server'. */
  readonly #contacts = new LruMap<string, Contact>(MAX_ENDS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  flow(event: FlowFacts): void {
    if (event.protocol !== TCP) return;
    const { lists } = this.#context;
    if (event.kind === FlowEventKind.Begin) {
      // What answers or refuses somebody is no connection of its own.
      if (lists.torRelay(event.destination) !== NO_RELAY && openingOf(event) === Opening.Asks) this.#contact(event, true);
    } else if (lists.torRelay(event.source) === EXIT) this.#contact(event, false);
  }

  #contact({ source, destination, destinationPort, row, flow }: FlowFacts, outbound: boolean): void {
    const ends = `${source} ${destination}`;
    const contact = this.#contacts.touch(ends) ?? { connections: 0, port: destinationPort, alert: null };
    if (contact.connections === 0) this.#contacts.set(ends, contact);
    contact.connections++;
    contact.port = destinationPort;
    const { book } = this.#context;
    if (contact.alert !== null && book.isOpen(contact.alert)) book.fold(contact.alert, row, flow);
    else if (contact.connections >= this.#values.connections) {
      contact.alert = book.raise({
        type: 'tor_contact',
        severity: outbound ? 'medium' : 'low',
        source,
        target: destination,
        targetPort: destinationPort,
        rows: [row],
        flows: [flow],
        describe: () => this.#describe(source, destination, contact, outbound),
      });
    }
  }

  #describe(source: AddressIndex, destination: AddressIndex, { connections, port }: Contact, outbound: boolean) {
    const { addresses } = this.#context;
    const [from, to] = [addresses.text(source), addresses.text(destination)];
    return {
      title: outbound ? 'Connection to a Tor relay' : 'Visitor from the Tor network',
      description: outbound
        ? `${from} connects to ${to}, a relay of the Tor network, which hides where traffic goes.`
        : `${from}, an exit of the Tor network, connected to ${to} on port ${port}: who it was cannot be known.`,
      evidence: { relay: outbound ? to : from, direction: outbound ? 'outbound' : 'inbound', port, connections },
      why: {
        measure: 'connections with a listed relay',
        value: connections,
        threshold: this.#values.connections,
        unit: 'connections',
        window: null,
        quiet: `Fewer than ${this.#values.connections} connections, or an address that is not on the list of relays.`,
      },
    };
  }
}

export const torContact = defineRule({
  id: 'T12',
  type: 'tor_contact',
  title: 'Contact with the Tor network',
  about: 'A machine uses the Tor network, or a visitor comes out of it.',
  severity: 'medium',
  technique: 'T1090.003',
  techniqueName: 'Proxy: Multi-hop Proxy',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new TorDetector(values, context),
});
