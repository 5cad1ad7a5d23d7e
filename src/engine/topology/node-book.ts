import type { NodeKind, NodeRole, TopologyNode } from '../../shared/contract/topology';
import { SEVERITIES } from '../../shared/model/alerts';
import type { HostContext } from '../hosts/host-context';
import type { HostCounters } from '../hosts/host-counters';
import { bestName, riskOf } from '../hosts/host-rows';
import { roleOf } from './roles';

export interface NodeStart {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Of a host; -1: it is a group. */
  readonly slot: number;
}

const REST: NodeStart = { id: 'rest', kind: 'rest', label: '', slot: -1 };

interface Entry {
  readonly start: NodeStart;
  role: NodeRole;
  members: number;
  newHosts: number;
  risk: number;
  /** Index of the worst severity; -1: none. */
  severity: number;
  alerts: number;
  flows: number;
  packets: number;
  bytes: number;
  readonly inside: { flows: number; packets: number; bytes: number };
}

/** The nodes of a graph while they are counted. The last one is the rest, which is given only where it has something. */
export class NodeBook {
  readonly #context: HostContext;
  readonly #counters: HostCounters;
  readonly #entries: readonly Entry[];

  constructor(context: HostContext, counters: HostCounters, starts: readonly NodeStart[]) {
    this.#context = context;
    this.#counters = counters;
    this.#entries = [...starts, REST].map((start) => ({
      start,
      role: 'group',
      members: 0,
      newHosts: 0,
      risk: 0,
      severity: -1,
      alerts: 0,
      flows: 0,
      packets: 0,
      bytes: 0,
      inside: { flows: 0, packets: 0, bytes: 0 },
    }));
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The number of a node; of -1 that of the rest. */
  index(node: number): number {
    return node < 0 ? this.#entries.length - 1 : node;
  }

  id(node: number): string {
    return this.#entries[node]?.start.id ?? '';
  }

  /** A host of the census is in the node (-1: the rest). */
  addHost(node: number, slot: number, { routes, isNew }: { readonly routes: boolean; readonly isNew: boolean }): void {
    const entry = this.#entries[this.index(node)];
    if (!entry) return;
    const severity = this.#counters.severity(slot);
    entry.members++;
    if (isNew) entry.newHosts++;
    entry.risk = Math.max(entry.risk, riskOf(this.#context, this.#counters, slot));
    entry.alerts += this.#counters.alertsFrom[slot] ?? 0;
    if (severity !== null) entry.severity = Math.max(entry.severity, SEVERITIES.indexOf(severity));
    if (entry.start.slot === slot) entry.role = roleOf(this.#context, this.#counters, slot, routes);
  }

  /** A flow between two nodes, which may be one. */
  addFlow(from: number, to: number, packets: number, bytes: number): void {
    const source = this.#entries[from];
    const target = this.#entries[to];
    if (source) addTo(source, packets, bytes);
    if (target && target !== source) addTo(target, packets, bytes);
    else if (source) addTo(source.inside, packets, bytes);
  }

  nodes(): TopologyNode[] {
    return this.#entries.flatMap(({ start, severity, ...sums }) => {
      const { id, kind, label, slot } = start;
      if (sums.flows === 0) return [];
      const address = this.#counters.address(slot);
      const name = slot < 0 ? '' : bestName(this.#context, address, this.#counters.calledName[slot] ?? -1);
      return [{ id, kind, label, name, severity: SEVERITIES[severity] ?? null, ...sums }];
    });
  }
}

function addTo(sums: { flows: number; packets: number; bytes: number }, packets: number, bytes: number): void {
  sums.flows++;
  sums.packets += packets;
  sums.bytes += bytes;
}
