import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { type Alert, MAX_EVIDENCE_ROWS } from '../alert';

/** Contacts that are known at a time, a power of two; 3 KB each when full: 48 MB if all are. */
const CAPACITY = 16_384;
/** Contacts that share a place: the one with the fewest connections makes room. */
const WAYS = 4;
/** Latest connections that are kept of a contact. */
const SAMPLES = 128;

/** The latest connections of one source to one peer: an address and port, or a name. */
export class Contact {
  source: AddressIndex = -1;
  /** Address, or text of the name. */
  peer = -1;
  /** `BY_NAME` where the peer is a name. */
  port = 0;
  connections = 0;
  /** Connections at which the next look is due. */
  lookAt = 0;
  /** Where the connections went: -1 where a name has several addresses. */
  target: AddressIndex = -1;
  targetPort = 0;
  alert: Alert | null = null;
  /** Another contact tells the alert of further connections. */
  isTold = false;
  readonly rows: PacketIndex[] = [];
  readonly flows: FlowIndex[] = [];
  readonly #times: Nanoseconds[] = [];
  readonly #sizes: Bytes[] = [];
  #sizesSeen = 0;

  reset(source: AddressIndex, peer: number, port: number): void {
    this.source = source;
    this.peer = peer;
    this.port = port;
    this.connections = 0;
    this.lookAt = 0;
    this.target = -1;
    this.alert = null;
    this.isTold = false;
    this.rows.length = 0;
    this.flows.length = 0;
    this.#times.length = 0;
    this.#sizes.length = 0;
    this.#sizesSeen = 0;
  }

  get lastTime(): Nanoseconds {
    return this.#times[(this.connections - 1) % SAMPLES] ?? Number.NEGATIVE_INFINITY;
  }

  addConnection(time: Nanoseconds, row: PacketIndex, flow: FlowIndex, target: AddressIndex, targetPort: number): void {
    this.#times[this.connections % SAMPLES] = time;
    this.target = this.connections === 0 || this.target === target ? target : -1;
    this.targetPort = targetPort;
    this.connections++;
    if (this.rows.length >= MAX_EVIDENCE_ROWS) return;
    this.rows.push(row);
    this.flows.push(flow);
  }

  addSize(size: Bytes): void {
    this.#sizes[this.#sizesSeen % SAMPLES] = size;
    this.#sizesSeen++;
  }

  /** Of the latest connections, rising. */
  times(): number[] {
    return this.#times.map((time) => time / 1e9).sort((a, b) => a - b);
  }

  get sizes(): readonly Bytes[] {
    return this.#sizes;
  }
}

/** Port of contacts whose peer is a name. */
export const BY_NAME = -1;

/** Contacts by source, peer and port, in a table of fixed size: passers-by push out each other, not who calls again and again. */
export class ContactTable {
  readonly #contacts = new Array<Contact | undefined>(CAPACITY).fill(undefined);

  find(source: AddressIndex, peer: number, port: number): Contact | null {
    const start = place(source, peer, port);
    for (let way = 0; way < WAYS; way++) {
      const contact = this.#contacts[start + way];
      if (contact?.peer === peer && contact.source === source && contact.port === port) return contact;
    }
    return null;
  }

  /** The contact, a new one where there is none. */
  take(source: AddressIndex, peer: number, port: number): Contact {
    return this.find(source, peer, port) ?? this.#make(source, peer, port);
  }

  #make(source: AddressIndex, peer: number, port: number): Contact {
    const start = place(source, peer, port);
    let chosen: Contact | null = null;
    for (let way = 0; way < WAYS; way++) {
      const contact = this.#contacts[start + way];
      if (contact === undefined) {
        chosen = new Contact();
        this.#contacts[start + way] = chosen;
        break;
      }
      if (chosen === null || isLess(contact, chosen)) chosen = contact;
    }
    const contact = chosen as Contact;
    // Describing an alert reads its contact: that one is left to it.
    if (contact.alert === null) {
      contact.reset(source, peer, port);
      return contact;
    }
    const fresh = new Contact();
    fresh.reset(source, peer, port);
    this.#contacts[this.#contacts.indexOf(contact, start)] = fresh;
    return fresh;
  }
}

const isLess = (a: Contact, b: Contact): boolean =>
  a.connections < b.connections || (a.connections === b.connections && a.lastTime < b.lastTime);

function place(source: AddressIndex, peer: number, port: number): number {
  let hash = Math.imul(source, 0x9e3779b1) ^ Math.imul(peer, 0x85ebca6b) ^ Math.imul(port, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & (CAPACITY - 1) & ~(WAYS - 1);
}
