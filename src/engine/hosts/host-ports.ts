import type { HostService, Ranked, TriedPort } from '../../shared/model/hosts';
import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import { serviceName as portName } from '../../shared/model/services';
import type { AddressIndex, FlowIndex } from '../../shared/model/units';
import type { FlowRecords } from '../flows/flow-records';
import { Outcome, outcomeOf } from './flow-outcome';

/** Distinct targets that are told apart, over all ports of a page. */
const MAX_TARGETS = 65_536;
const PORTS = 65_536;

interface Tried {
  readonly key: number;
  readonly outcomes: [number, number, number];
  readonly targets: Set<AddressIndex>;
}

interface Answered {
  readonly key: number;
  service: number;
  flows: number;
  bytes: number;
}

/** Ports that one host tried on others, and on which it answered. There are 65,536 of each of a few transports: no bound is needed. */
export class PortTally {
  readonly #flows: FlowRecords;
  readonly #serviceName: (service: number) => string;
  readonly #tried = new Map<number, Tried>();
  readonly #answered = new Map<number, Answered>();
  #targets = 0;

  constructor(flows: FlowRecords, serviceName: (service: number) => string) {
    this.#flows = flows;
    this.#serviceName = serviceName;
  }

  /** Application protocol where it was recognised, else the transport's name. */
  protocolName(flow: FlowIndex): string {
    const service = this.#serviceName(this.#flows.service(flow));
    return service === '' ? ipProtocolName(this.#flows.protocol(flow)) : service;
  }

  addTried(flow: FlowIndex, target: AddressIndex): void {
    const key = this.#key(flow);
    if (key < 0) return;
    let tried = this.#tried.get(key);
    if (!tried) {
      tried = { key, outcomes: [0, 0, 0], targets: new Set() };
      this.#tried.set(key, tried);
    }
    const outcome = outcomeOf(this.#flows, flow) as 0 | 1 | 2;
    tried.outcomes[outcome]++;
    if (this.#targets >= MAX_TARGETS || tried.targets.has(target)) return;
    tried.targets.add(target);
    this.#targets++;
  }

  /** A flow to the host. Counts where it answered. */
  addService(flow: FlowIndex): void {
    const key = this.#key(flow);
    if (key < 0 || outcomeOf(this.#flows, flow) !== Outcome.Answered) return;
    const bytes = this.#flows.bytes(flow, 0) + this.#flows.bytes(flow, 1);
    const service = this.#flows.service(flow);
    const known = this.#answered.get(key);
    if (!known) {
      this.#answered.set(key, { key, service, flows: 1, bytes });
      return;
    }
    known.flows++;
    known.bytes += bytes;
    if (known.service === 0) known.service = service;
  }

  /** Those that answered first, then the most tried, of equals the lower port. */
  tried(limit: number): Ranked<TriedPort> {
    const attempts = ({ outcomes }: Tried): number => outcomes[0] + outcomes[1] + outcomes[2];
    const answers = ({ outcomes }: Tried): number => (outcomes[0] > 0 ? 1 : 0);
    const all = [...this.#tried.values()].sort((a, b) => answers(b) - answers(a) || attempts(b) - attempts(a) || a.key - b.key);
    const rows = all.slice(0, limit).map(({ key, outcomes, targets }): TriedPort => {
      const [answered, refused, silent] = outcomes;
      const port = key % PORTS;
      return { transport: transportOf(key), port, service: portName(port), answered, refused, silent, targets: targets.size };
    });
    return { rows, total: all.length };
  }

  /** The most used first, of equals the lower port. */
  services(limit: number): Ranked<HostService> {
    const all = [...this.#answered.values()].sort((a, b) => b.flows - a.flows || a.key - b.key);
    const rows = all.slice(0, limit).map(({ key, service, flows, bytes }): HostService => {
      const port = key % PORTS;
      return { transport: transportOf(key), port, service: this.#serviceName(service) || portName(port), flows, bytes };
    });
    return { rows, total: all.length };
  }

  /** Protocol and the responder's port; -1 where there are no ports. */
  #key(flow: FlowIndex): number {
    const protocol = this.#flows.protocol(flow);
    return hasPorts(protocol) ? protocol * PORTS + this.#flows.destinationPort(flow) : -1;
  }
}

const transportOf = (key: number): string => ipProtocolName(Math.floor(key / PORTS));
