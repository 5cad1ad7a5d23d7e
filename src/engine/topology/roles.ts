import type { NodeRole } from '../../shared/contract/topology';
import type { FlowIndex } from '../../shared/model/units';
import type { FlowRecords } from '../flows/flow-records';
import { TCP, UDP } from '../hosts/flow-outcome';
import type { HostContext } from '../hosts/host-context';
import type { HostCounters } from '../hosts/host-counters';

/** IP protocols that only routers speak: IGRP and EIGRP, OSPF, PIM, VRRP (IANA protocol numbers). */
const ROUTING: ReadonlySet<number> = new Set([9, 88, 89, 103, 112]);
const BGP = 179;
/** RIP and RIPng, HSRP. */
const ROUTING_UDP: ReadonlySet<number> = new Set([520, 521, 1985]);

/** A flow of a routing protocol in which something was answered or said to a group: a knock on TCP 179 makes nobody a router. */
export function isRouting(flows: FlowRecords, flow: FlowIndex): boolean {
  const protocol = flows.protocol(flow);
  if (ROUTING.has(protocol)) return true;
  if (protocol === UDP) return ROUTING_UDP.has(flows.destinationPort(flow)) && flows.sourcePort(flow) === flows.destinationPort(flow);
  return protocol === TCP && flows.destinationPort(flow) === BGP && flows.payloadBytes(flow, 1) > 0;
}

/** A guess from what it did: who is called more often than it calls, and spoke, is a server. */
export function roleOf(context: HostContext, counters: HostCounters, slot: number, routes: boolean): NodeRole {
  const address = counters.address(slot);
  if (context.isGroup(address)) return 'multicast';
  if (context.isOwn(address)) return 'ours';
  if (routes) return 'router';
  const isCalled = (counters.flowsTo[slot] ?? 0) > (counters.flowsBegun[slot] ?? 0);
  return isCalled && (counters.packetsSent[slot] ?? 0) > 0 ? 'server' : 'client';
}
