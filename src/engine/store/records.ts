import type { AlertDetails, AlertNote, AlertStatus } from '../../shared/model/alerts';
import type { FlowRow } from '../../shared/model/records';
import type { Bytes } from '../../shared/model/units';

/** By which a file is recognised when it is opened again. */
export interface CaptureIdentity {
  readonly size: Bytes;
  /** Modification time, epoch milliseconds, whole. */
  readonly modified: number;
  /** SHA-256 of the first and the last 64 KiB, hexadecimal. */
  readonly hash: string;
}

/** What is known of a capture; what is not yet known when it is opened is 0 or ''. */
export interface CaptureFacts {
  /** File, or a name for what has none. */
  readonly path: string;
  readonly packets: number;
  readonly bytes: Bytes;
  /** Of the first and last packet: epoch seconds with 9 decimals. */
  readonly firstEpoch: string;
  readonly lastEpoch: string;
}

export interface OpenedCapture {
  readonly captureId: number;
  /** It was opened before. */
  readonly known: boolean;
  /**
   * Its flows and roll-ups are stored from the first packet to the last: they need not be saved again. Where false, none is stored now (what
   * an analysis left half-done was removed).
   */
  readonly complete: boolean;
}

export interface AlertHandling {
  readonly status: AlertStatus;
  /** Oldest first. */
  readonly notes: readonly AlertNote[];
}

/** An alert as it is kept: what the list and the detail show, without what belongs to a session or to handling. */
export type StoredAlert = Omit<
  AlertDetails,
  'id' | 'time' | 'lastTime' | 'status' | 'note' | 'mute' | 'notes' | 'children' | 'range' | 'techniqueName'
> & {
  /** Key of the alert that absorbed it. */
  readonly parentKey: string | null;
};

/** A flow that ended. */
export type StoredFlow = Omit<FlowRow, 'firstTime' | 'lastTime' | 'roundTrip' | 'retransmissions' | 'firstPacket'> & {
  /** Epoch seconds. */
  readonly first: number;
  readonly last: number;
};

export const ROLLUP_KINDS = ['protocol', 'host', 'port', 'country'] as const;

export type RollupKind = (typeof ROLLUP_KINDS)[number];

/** Traffic of one minute that is added to what is stored for it. */
export interface RollupRow {
  /** Epoch seconds; the minute that holds it is meant. */
  readonly bucket: number;
  readonly kind: RollupKind;
  /** Protocol, address, 'TCP/443' or ISO 3166 code. */
  readonly key: string;
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface StoreInfo {
  readonly path: string;
  /** On disk, the write-ahead log included. */
  readonly bytes: Bytes;
  readonly quota: Bytes;
  readonly captures: number;
  readonly alerts: number;
  readonly flows: number;
  /** When the oldest capture was first opened, epoch milliseconds; null: there is none. */
  readonly oldest: number | null;
  /** Rows that were not stored because the disk was too slow, since the store was opened. */
  readonly dropped: number;
}
