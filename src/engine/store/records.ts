import type { AlertDetails, AlertNote, AlertStatus } from '../../shared/model/alerts';
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
  /** The earliest and the latest time of a packet, epoch seconds with 9 decimals; '' where no packet has one. */
  readonly firstEpoch: string;
  readonly lastEpoch: string;
  readonly flows: number;
}

/** Who writes the flows and roll-ups of a capture; the latest opening has the right to. */
export interface Recording {
  readonly captureId: number;
  readonly generation: number;
}

export interface OpenedCapture extends Recording {
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

/** The marked packets of 65,536 ones, counted from the first of them: '5,7-9'. */
export interface ChunkOfMarks {
  readonly chunk: number;
  readonly rows: string;
}

/** What a person marked and wrote in a capture. */
export interface StoredAnnotations {
  readonly marks: readonly ChunkOfMarks[];
  /** Packets by their index in the capture. */
  readonly comments: readonly { readonly packet: number; readonly text: string }[];
}

/** An alert as it is kept: what the list and the detail show, without what belongs to a session or to handling. */
export type StoredAlert = Omit<
  AlertDetails,
  'id' | 'time' | 'lastTime' | 'status' | 'note' | 'mute' | 'notes' | 'children' | 'range' | 'techniqueName'
> & {
  /** Key of the alert that absorbed it. */
  readonly parentKey: string | null;
};

/** Addresses by number: the kind of each as `AddressKind` says, 0 being none, and its four words, as `AddressTable` keeps them. */
export interface AddressColumn {
  readonly kinds: Uint8Array;
  readonly words: Uint32Array;
}

/**
 * Flows, column by column, and addresses as numbers: what crosses to the worker costs a tenth of what objects would. Texts are places in
 * `texts`. A flow of the same index is replaced.
 */
export interface FlowRows {
  readonly texts: readonly string[];
  readonly index: Float64Array;
  readonly protocol: Uint32Array;
  readonly source: AddressColumn;
  readonly destination: AddressColumn;
  /** -1: the protocol has none. */
  readonly sourcePort: Int32Array;
  readonly destinationPort: Int32Array;
  /** Epoch seconds. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
  readonly packetsBack: Float64Array;
  readonly bytesBack: Float64Array;
  readonly state: Uint32Array;
  readonly tcpFlags: Uint32Array;
  readonly service: Uint32Array;
  readonly host: Uint32Array;
}

export const ROLLUP_KINDS = ['protocol', 'host', 'port', 'country'] as const;

export type RollupKind = (typeof ROLLUP_KINDS)[number];

/** Key of what was beyond the number of hosts, ports or protocols that are told apart within a minute. */
export const OTHER_KEY = 'other';

/** Traffic of minutes that is added to what is stored for them, column by column. */
export interface RollupRows {
  readonly texts: readonly string[];
  /** Epoch seconds; the minute that holds it is meant. */
  readonly bucket: Float64Array;
  /** Place in `ROLLUP_KINDS`. */
  readonly kind: Uint8Array;
  /** Place in `texts`: a protocol, address, 'TCP/443', ISO 3166 code or `OTHER_KEY`. */
  readonly key: Uint32Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
}

/** Traffic that is remembered from before a time. */
export interface RememberedTraffic {
  readonly captures: number;
  /** Its earliest minute, epoch seconds. */
  readonly since: number;
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
