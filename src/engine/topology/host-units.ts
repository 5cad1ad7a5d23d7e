import type { NodeKind, TopologyGrouping } from '../../shared/contract/topology';
import { SEVERITIES } from '../../shared/model/alerts';
import { Turn } from '../budget';
import type { HostContext } from '../hosts/host-context';
import type { HostCounters } from '../hosts/host-counters';
import type { Unit } from './fold';
import { groupOf } from './group-key';

/** Between two looks at the clock. */
const STEP = 0xff;
const OWN_RANK = SEVERITIES.length + 1;

/** A unit with what a node shows of it. */
export interface HostUnit extends Unit {
  readonly kind: NodeKind;
  readonly label: string;
  /** Of a host; -1: it is a group. */
  readonly slot: number;
}

interface Made {
  kind: Exclude<NodeKind, 'host' | 'rest'>;
  label: string;
  members: number;
  bytes: number;
  rank: number;
}

/**
 * Hosts (slots of a census with flows) as units: each alone, or in groups of two or more. The user's own addresses stay alone, as do members of the
 * groups in `open`. Gives the units, and of each slot its unit (-1: it has no flow). Works in turns.
 */
export async function hostUnits(
  context: HostContext,
  counters: HostCounters,
  traffic: { readonly bytes: Float64Array; readonly flows: Uint32Array },
  grouping: Exclude<TopologyGrouping, 'auto'>,
  open: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{ units: HostUnit[]; unitOf: Int32Array }> {
  const turn = new Turn();
  const groups = new Map<string, Made>();
  const groupAt: (string | null)[] = [];
  for (let slot = 0; slot < counters.size && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    groupAt.push(null);
    const address = counters.address(slot);
    if (grouping === 'none' || traffic.flows[slot] === 0 || context.isOwn(address)) continue;
    const group = groupOf(context, address, grouping);
    const id = `${group.kind}:${group.label}`;
    let made = groups.get(id);
    if (!made) {
      made = { ...group, members: 0, bytes: 0, rank: 0 };
      groups.set(id, made);
    }
    made.members++;
    made.bytes += traffic.bytes[slot] ?? 0;
    made.rank = Math.max(made.rank, rankOf(counters, slot));
    groupAt[slot] = id;
  }
  const units: HostUnit[] = [];
  const unitOfGroup = new Map<string, number>();
  for (const [id, { kind, label, members, bytes, rank }] of groups) {
    if (members === 1) continue;
    unitOfGroup.set(id, units.length);
    units.push({ id, kind, label, bytes, rank, slot: -1, parent: -1, isOpen: open.has(id) });
  }
  const unitOf = new Int32Array(counters.size).fill(-1);
  for (let slot = 0; slot < groupAt.length && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    if (traffic.flows[slot] === 0) continue;
    const parent = unitOfGroup.get(groupAt[slot] ?? '') ?? -1;
    if (parent >= 0 && !units[parent]?.isOpen) {
      unitOf[slot] = parent;
      continue;
    }
    const address = counters.address(slot);
    const label = context.tables.addresses.text(address);
    unitOf[slot] = units.length;
    const rank = context.isOwn(address) ? OWN_RANK : rankOf(counters, slot);
    units.push({ id: label, kind: 'host', label, bytes: traffic.bytes[slot] ?? 0, rank, slot, parent, isOpen: false });
  }
  return { units, unitOf };
}

/** Info 1 to critical 5; 0: no alert. */
function rankOf(counters: HostCounters, slot: number): number {
  const severity = counters.severity(slot);
  return severity === null ? 0 : SEVERITIES.indexOf(severity) + 1;
}
