import { SEVERITIES, type Severity } from '../../shared/model/alerts';
import type { AddressIndex } from '../../shared/model/units';

/** Addresses of a place that are named. */
const TOP = 5;
export type SeverityCounts = Record<Severity, number>;

export const noAlerts = (): SeverityCounts => ({ info: 0, low: 0, medium: 0, high: 0, critical: 0 });

/** What is counted of one place or one country. */
export class Tally {
  flows = 0;
  packets = 0;
  bytesSent = 0;
  bytesReceived = 0;
  hosts = 0;
  readonly alerts: SeverityCounts = noAlerts();
  /** The addresses with the most bytes, the greatest first. */
  readonly top: { readonly address: AddressIndex; readonly bytes: number }[] = [];

  get bytes(): number {
    return this.bytesSent + this.bytesReceived;
  }

  get alertCount(): number {
    return SEVERITIES.reduce((sum, severity) => sum + this.alerts[severity], 0);
  }

  get worst(): Severity | null {
    return SEVERITIES.findLast((severity) => this.alerts[severity] > 0) ?? null;
  }

  addHost(address: AddressIndex, bytes: number): void {
    this.hosts++;
    const { top } = this;
    if (top.length === TOP && (top.at(-1)?.bytes ?? 0) >= bytes) return;
    const at = top.findIndex((other) => other.bytes < bytes);
    top.splice(at < 0 ? top.length : at, 0, { address, bytes });
    if (top.length > TOP) top.pop();
  }

  get traffic() {
    const { hosts, flows, packets, bytesSent, bytesReceived } = this;
    return { hosts, flows, packets, bytesSent, bytesReceived };
  }
}

/** Tallies by key, made when they are first asked for. */
export class Tallies<K> {
  readonly all = new Map<K, Tally>();

  of(key: K): Tally {
    let tally = this.all.get(key);
    if (!tally) {
      tally = new Tally();
      this.all.set(key, tally);
    }
    return tally;
  }
}
