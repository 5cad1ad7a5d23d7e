import { EventKind } from '../../../shared/model/event-kinds';
import type { AddressIndex, FlowIndex, PacketIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { FlowFacts, MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { ListedTexts } from './listed-texts';
import { Opening, openingOf } from './opening';

const TCP = 6;
const UDP = 17;
const MAX_ENDS = 8192;

const thresholds = {
  contacts: {
    label: 'Contacts with a listed address or name',
    unit: 'contacts',
    presets: { quiet: 2, balanced: 1, everything: 1 },
    min: 1,
    max: 1000,
  },
} satisfies Thresholds;

interface Contact {
  count: number;
}

/** What is listed, and on which list. */
interface Listed {
  readonly what: string;
  readonly list: string;
  readonly outbound: boolean;
}

/** Addresses on a blocklist that are connected to or connect, and names on one that are asked for, greeted, or requested. */
class BlocklistDetector implements Detector {
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Answered];
  readonly messageKinds = [EventKind.Dns, EventKind.TlsClientHello, EventKind.HttpRequest];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #names: ListedTexts;
  readonly #contacts = new LruMap<string, Contact>(MAX_ENDS);
  /** 1 for addresses, by index, that are known to be on no list: nearly all. */
  #clean = new Uint8Array(4096);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#names = new ListedTexts(context, (name) => context.lists.blockedName(name));
  }

  flow(event: FlowFacts): void {
    const { kind, source, destination, destinationPort, sourcePort, protocol, row, flow } = event;
    if (kind === FlowEventKind.Begin) {
      const list = this.#listOf(destination);
      if (list === null) return;
      const opening = openingOf(event);
      if (opening === Opening.Asks) this.#contact(this.#listed(destination, list, true), source, destination, destinationPort, row, flow);
      else if (opening === Opening.Answers)
        this.#contact(this.#listed(destination, list, false), destination, source, sourcePort, row, flow);
    } else if (protocol === TCP || protocol === UDP) {
      // The whole internet knocks: only who was answered, by more than a refusal or an echo, is told.
      const list = this.#listOf(source);
      if (list !== null) this.#contact(this.#listed(source, list, false), source, destination, destinationPort, row, flow);
    }
  }

  #listed(address: AddressIndex, list: string, outbound: boolean): Listed {
    return { what: this.#context.addresses.text(address), list, outbound };
  }

  message({ kind, name, number, source, destination, destinationPort, row, flow }: MessageFacts): void {
    const list = this.#names.find(name);
    if (list === null || source < 0) return;
    const isDns = kind === EventKind.Dns;
    // A response repeats the question.
    if (isDns && number >>> 31 === 1) return;
    // A visitor may name what it likes.
    if (!isDns && !this.#context.isLocal(source) && this.#context.isLocal(destination)) return;
    const what = this.#context.text(name);
    this.#contact({ what, list, outbound: true }, source, isDns ? -1 : destination, isDns ? -1 : destinationPort, row, flow);
  }

  /** Lists of what nobody on the internet has hold the private ranges too. */
  #listOf(address: AddressIndex): string | null {
    if (address >= this.#clean.length) {
      const grown = new Uint8Array(Math.max(this.#clean.length * 2, address + 1));
      grown.set(this.#clean);
      this.#clean = grown;
    }
    if (this.#clean[address] === 1) return null;
    const { isLocal, isGroup, lists } = this.#context;
    const list = isLocal(address) || isGroup(address) ? null : lists.blockedAddress(address);
    if (list === null) this.#clean[address] = 1;
    return list;
  }

  #contact(listed: Listed, source: AddressIndex, target: AddressIndex, port: number, row: PacketIndex, flow: FlowIndex): void {
    const ends = `${source} ${target} ${listed.what}`;
    const contact = this.#contacts.touch(ends) ?? { count: 0 };
    if (contact.count === 0) this.#contacts.set(ends, contact);
    contact.count++;
    if (contact.count < this.#values.contacts) return;
    this.#context.book.raise({
      type: 'blocklist_contact',
      severity: listed.outbound ? 'high' : 'low',
      source,
      target,
      ...(port >= 0 && { targetPort: port }),
      detail: listed.what,
      rows: [row],
      flows: [flow],
      describe: () => this.#describe(listed, source, contact),
    });
  }

  #describe({ what, list, outbound }: Listed, source: AddressIndex, { count }: Contact) {
    const from = this.#context.addresses.text(source);
    return {
      title: outbound ? 'Contact with a listed host' : 'Visitor on a blocklist',
      description: outbound
        ? `${from} contacts ${what}, which is on the list '${list}'.`
        : `${what}, which is on the list '${list}', was answered.`,
      evidence: { listed: what, list, direction: outbound ? 'outbound' : 'inbound', contacts: count },
      why: {
        measure: 'contacts with what is listed',
        value: count,
        threshold: this.#values.contacts,
        unit: 'contacts',
        window: null,
        quiet: `Fewer than ${this.#values.contacts} contacts, or an entry that is not on the list.`,
      },
    };
  }
}

export const blocklistContact = defineRule({
  id: 'T13',
  type: 'blocklist_contact',
  title: 'Contact with a listed host',
  about: 'A machine contacts an address or name that a blocklist names, or was contacted by one.',
  severity: 'high',
  technique: 'T1071',
  techniqueName: 'Application Layer Protocol',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new BlocklistDetector(values, context),
});
