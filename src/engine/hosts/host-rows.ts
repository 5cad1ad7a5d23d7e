import type { HostRow } from '../../shared/model/hosts';
import type { AddressIndex, TextIndex } from '../../shared/model/units';
import type { HostContext } from './host-context';
import type { HostCounters } from './host-counters';
import { riskFacts, riskScore } from './risk-score';

/** What a DNS answer called the address, else what those who called it did; '' where nobody said. */
export function bestName({ tables }: HostContext, address: AddressIndex, called: TextIndex): string {
  const answered = tables.hostNames.get(address);
  const name = tables.texts.text(answered >= 0 ? answered : called);
  // A client that knows no name writes the address into its request.
  return name === tables.addresses.text(address) ? '' : name;
}

export const riskOf = (context: HostContext, counters: HostCounters, slot: number): number =>
  riskScore(riskFacts(counters, slot, context.listed(counters.address(slot)))).risk;

/** A host as lists show it. */
export function hostRow(context: HostContext, counters: HostCounters, slot: number): HostRow {
  const address = counters.address(slot);
  const place = context.place(address);
  const firstTime = counters.firstTime[slot] ?? 0;
  const lastTime = counters.lastTime[slot] ?? 0;
  return {
    address: context.tables.addresses.text(address),
    scope: place.scope,
    own: context.isOwn(address),
    name: bestName(context, address, counters.calledName[slot] ?? -1),
    country: place.country,
    city: place.city,
    organisation: place.network?.organisation ?? '',
    // Named by an alert alone (ARP), it has no flow.
    firstTime: Number.isFinite(firstTime) ? firstTime : 0,
    lastTime: Number.isFinite(lastTime) ? lastTime : 0,
    packetsSent: counters.packetsSent[slot] ?? 0,
    packetsReceived: counters.packetsReceived[slot] ?? 0,
    bytesSent: counters.bytesSent[slot] ?? 0,
    bytesReceived: counters.bytesReceived[slot] ?? 0,
    flowsBegun: counters.flowsBegun[slot] ?? 0,
    flowsTo: counters.flowsTo[slot] ?? 0,
    alerts: (counters.alertsFrom[slot] ?? 0) + (counters.alertsTo[slot] ?? 0),
    severity: counters.severity(slot),
    risk: riskOf(context, counters, slot),
  };
}
