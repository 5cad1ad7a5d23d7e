import { ALERT_TYPES, type AlertType, SEVERITIES, type Severity } from '../../shared/model/alerts';
import { AuthOutcome } from '../../shared/model/event-kinds';
import type { AddressIndex, FlowIndex, Nanoseconds } from '../../shared/model/units';
import type { Direction, FlowRecords } from '../flows/flow-records';
import { isTwoWay, Outcome, outcomeOf, TCP, UDP } from './flow-outcome';
import { sensitiveBit } from './sensitive-ports';

/** Failed logins after which a success is the end of guessing, not of a typing mistake. */
const GUESSES = 3;
const NO_SEVERITY = 255;

/** Numbers of `size` hosts, 122 bytes each. A slot stands for an address; flows, logins and alerts are added in any number. */
export class HostCounters {
  readonly size: number;
  readonly addresses: Uint32Array;
  /** Of the frames that its flows counted. */
  readonly packetsSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
  readonly flowsBegun: Uint32Array;
  readonly flowsTo: Uint32Array;
  /** Of what it began, by `Outcome`. Groups do not answer and do not count; nor does UDP that nobody answers, as many protocols expect. */
  readonly answered: Uint32Array;
  readonly refused: Uint32Array;
  readonly silent: Uint32Array;
  /** 1: it is really at this address. */
  readonly twoWay: Uint8Array;
  /** Bits of the sensitive ports that it tried without being let in. */
  readonly sensitive: Uint32Array;
  readonly failedLogins: Uint32Array;
  /** 1: a login succeeded after several had failed. */
  readonly gotIn: Uint8Array;
  readonly alertsFrom: Uint16Array;
  readonly alertsTo: Uint16Array;
  /** Bits of the types of the alerts that it is the source of. */
  readonly alertTypes: Uint32Array;
  /** TextIndex of the name that a flow to it first said (TLS server name, HTTP host); -1: none did. */
  readonly calledName: Int32Array;
  readonly #severity: Uint8Array;

  constructor(size: number) {
    this.size = size;
    this.addresses = new Uint32Array(size);
    this.packetsSent = new Float64Array(size);
    this.packetsReceived = new Float64Array(size);
    this.bytesSent = new Float64Array(size);
    this.bytesReceived = new Float64Array(size);
    this.firstTime = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.lastTime = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.flowsBegun = new Uint32Array(size);
    this.flowsTo = new Uint32Array(size);
    this.answered = new Uint32Array(size);
    this.refused = new Uint32Array(size);
    this.silent = new Uint32Array(size);
    this.twoWay = new Uint8Array(size);
    this.sensitive = new Uint32Array(size);
    this.failedLogins = new Uint32Array(size);
    this.gotIn = new Uint8Array(size);
    this.alertsFrom = new Uint16Array(size);
    this.alertsTo = new Uint16Array(size);
    this.alertTypes = new Uint32Array(size);
    this.calledName = new Int32Array(size).fill(-1);
    this.#severity = new Uint8Array(size).fill(NO_SEVERITY);
  }

  /** The flow's part that its originator (0) or responder (1) had. `toGroup`: the responder is a multicast or broadcast address. */
  addFlow(slot: number, flows: FlowRecords, flow: FlowIndex, end: Direction, toGroup: boolean): void {
    const other = (1 - end) as Direction;
    add(this.packetsSent, slot, flows.packets(flow, end));
    add(this.packetsReceived, slot, flows.packets(flow, other));
    add(this.bytesSent, slot, flows.bytes(flow, end));
    add(this.bytesReceived, slot, flows.bytes(flow, other));
    this.#seen(slot, flows.firstTime(flow), flows.lastTime(flow));
    // A responder that never spoke may not be there at all; its originator may have been forged by somebody else.
    if (isTwoWay(flows, flow)) this.twoWay[slot] = 1;
    if (end === 1) {
      add(this.flowsTo, slot, 1);
      if ((this.calledName[slot] ?? 0) < 0) this.calledName[slot] = flows.host(flow);
      return;
    }
    add(this.flowsBegun, slot, 1);
    if (toGroup) return;
    const outcome = outcomeOf(flows, flow);
    const protocol = flows.protocol(flow);
    if (outcome === Outcome.Answered) {
      add(this.answered, slot, 1);
      return;
    }
    if (outcome === Outcome.Refused) add(this.refused, slot, 1);
    else if (protocol !== UDP) add(this.silent, slot, 1);
    if (protocol === TCP) this.sensitive[slot] = (this.sensitive[slot] ?? 0) | sensitiveBit(flows.destinationPort(flow));
  }

  /** What a server answered this host. `outcome`: of `AuthOutcome`. Called in packet order. */
  addLogin(slot: number, outcome: number): void {
    if (outcome === AuthOutcome.Failed) add(this.failedLogins, slot, 1);
    else if (outcome === AuthOutcome.Succeeded && (this.failedLogins[slot] ?? 0) >= GUESSES) this.gotIn[slot] = 1;
  }

  addAlert(slot: number, type: AlertType, severity: Severity, isSource: boolean): void {
    if (!isSource) {
      add(this.alertsTo, slot, 1);
      return;
    }
    add(this.alertsFrom, slot, 1);
    this.alertTypes[slot] = (this.alertTypes[slot] ?? 0) | (1 << ALERT_TYPES.indexOf(type));
    const rank = SEVERITIES.indexOf(severity);
    const before = this.#severity[slot] ?? NO_SEVERITY;
    if (before === NO_SEVERITY || rank > before) this.#severity[slot] = rank;
  }

  /** The worst of the alerts that it is the source of. */
  severity(slot: number): Severity | null {
    return SEVERITIES[this.#severity[slot] ?? NO_SEVERITY] ?? null;
  }

  address(slot: number): AddressIndex {
    return this.addresses[slot] ?? 0;
  }

  #seen(slot: number, first: Nanoseconds, last: Nanoseconds): void {
    if (first < (this.firstTime[slot] ?? 0)) this.firstTime[slot] = first;
    if (last > (this.lastTime[slot] ?? 0)) this.lastTime[slot] = last;
  }
}

function add(numbers: Float64Array | Uint32Array | Uint16Array, slot: number, amount: number): void {
  numbers[slot] = (numbers[slot] ?? 0) + amount;
}
