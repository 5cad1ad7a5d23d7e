import type { AlertType, Severity } from '../../shared/model/alerts';
import type { Preset } from '../../shared/model/detection-settings';
import type { AddressIndex, Nanoseconds, TextIndex } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import type { AlertBook } from './alert-book';
import type { FlowFacts, MessageFacts, PacketFacts } from './facts';
import type { Gap, Gaps } from './gaps';
import type { DetectionLists } from './lists';

/** A number that a user may change. */
export interface Threshold {
  /** For a form: 'Distinct ports of one target'. */
  readonly label: string;
  /** 'ports', 's', 'bytes', 'queries/s', ... */
  readonly unit: string;
  readonly presets: Readonly<Record<Preset, number>>;
  readonly min: number;
  readonly max: number;
}

/** IP protocol numbers that rules may ask for: ICMP, TCP, UDP, ICMPv6. */
export type FlowProtocol = 1 | 6 | 17 | 58;

export type Thresholds = Readonly<Record<string, Threshold>>;
export type Values<T extends Thresholds> = { readonly [K in keyof T]: number };

/** One rule of detection.md: what it is called, its thresholds, and how to make its state for a session. One file a rule. */
export interface Rule<T extends Thresholds = Thresholds> {
  /** 'T1'. */
  readonly id: string;
  readonly type: AlertType;
  readonly title: string;
  /** What it looks for: one sentence for someone who has never seen a packet. */
  readonly about: string;
  /** Of alerts that do not say otherwise. */
  readonly severity: Severity;
  /** ATT&CK technique. */
  readonly technique: string;
  readonly techniqueName: string;
  readonly thresholds: T;
  /** Seconds without a new occurrence after which an alert is closed: the next occurrence is a new alert. */
  readonly quietPeriod: number;
  /** Alerts of these types with the same source (and the same target, where both name one) become part of this rule's alert. */
  readonly absorbs: readonly AlertType[];
  make(values: Values<T>, context: DetectionContext): Detector;
}

/** Keeps a rule's own threshold names while it is written, and lets it stand in a list with others. */
export const defineRule = <T extends Thresholds>(rule: Rule<T>): Rule => rule as unknown as Rule;

/**
 * A rule at work on one session. It is handed packets, flow events and messages in packet order, one packet after the other; within a packet
 * first `packet`, then `flow`, then `message`. What it raises depends on nothing else: not on how packets were batched, not on the wall
 * clock. Its state is bounded by constants.
 */
export interface Detector {
  /** Which packets `packet` is called with: bits of PacketClass. */
  readonly packetClasses?: number;
  packet?(packet: PacketFacts): void;
  /** Kinds of `FlowEventKind` that `flow` is called with; all where it is not given. */
  readonly flowKinds?: readonly number[];
  /** IP protocols whose flow events it is called with; all where it is not given. */
  readonly flowProtocols?: readonly FlowProtocol[];
  flow?(event: FlowFacts): void;
  /** Which events `message` is called with. */
  readonly messageKinds?: readonly number[];
  message?(message: MessageFacts): void;
  /** Called before anything of a packet at or after the time that was asked for. Gives the next time, Infinity for none. */
  wake?(now: Nanoseconds): Nanoseconds;
  /**
   * Packets of this time are missing; `DetectionContext.gaps` has it too. Of a time in which nothing was captured it is called before anything
   * of the first packet behind it, of packets that were lost among others a second or two later.
   */
  gap?(gap: Gap): void;
  /** The capture is over: what waits for an answer has none. */
  finish?(now: Nanoseconds): void;
}

/** What rules may know beside what they are handed. */
export interface DetectionContext {
  readonly addresses: AddressTable;
  readonly book: AlertBook;
  readonly lists: DetectionLists;
  /** A rule that goes by silence asks here first. */
  readonly gaps: Gaps;
  /** Text of an interned text; '' for -1. Makes a string: not for every packet. */
  text(index: TextIndex): string;
  /** Private, reserved, or named by the user as the watched server's own. */
  isLocal(address: AddressIndex): boolean;
  /** Multicast or broadcast, IPv4 or IPv6. */
  isGroup(address: AddressIndex): boolean;
  /** Asks for `detector.wake` at this time or soon after; an earlier wish stands. */
  wakeAt(detector: Detector, time: Nanoseconds): void;
  /** Filter name of a `Service` message's number: 'ssh', 'http'. */
  serviceName(service: number): string;
}
