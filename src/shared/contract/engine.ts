import type { Problem } from '../base/result';
import type { GeoInfo } from '../model/place';
import type { FieldNode, FlowRow, PacketRow, StatisticsSnapshot } from '../model/records';
import type { Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../model/units';
import type { AlertCalls, AlertNews } from './alerts';
import type { AnnotationCalls, AnnotationNews } from './annotations';
import type { ExportCalls } from './exports';
import type { ExposureCalls } from './exposure';
import type { FindCalls } from './find';
import type { HistoryCalls } from './history';
import type { HostCalls } from './hosts';
import type { LiveCalls, LiveState, ReplayState, SourceKind } from './live';
import type { MapCalls } from './map';
import type { OverviewCalls } from './overview';
import type { ProcessCalls } from './processes';
import type { RowLook } from './row-look';
import type { SettingsCalls } from './settings';
import type { SshCalls, SshTopics } from './ssh';
import type { StatisticsCalls } from './statistics-views';
import type { StreamCalls } from './stream';
import type { TopologyCalls } from './topology';

/** What the window may ask of the engine: name, arguments, result. Arguments are validated on arrival (engine/api/schemas.ts). */
export interface EngineCalls
  extends AlertCalls,
    AnnotationCalls,
    FindCalls,
    SettingsCalls,
    HostCalls,
    HistoryCalls,
    LiveCalls,
    SshCalls,
    ProcessCalls,
    StreamCalls,
    TopologyCalls,
    MapCalls,
    OverviewCalls,
    ExposureCalls,
    ExportCalls,
    StatisticsCalls {
  /** Opens a capture file as the session, closing the one before. Answers when the header was read; loading goes on and ticks tell. */
  'session.open': { args: { path: string; follow?: boolean }; result: SessionInfo };
  /** Stops loading; what was read stays. */
  'session.cancel': { args: Record<string, never>; result: null };
  'session.close': { args: Record<string, never>; result: null };
  /** The filter and time range of every view. A wrong filter changes nothing and is answered, not thrown. */
  'filter.set': { args: { text: string; range: TimeRange | null }; result: FilterAnswer };
  /** For the filter bar while typing. */
  'filter.check': { args: { text: string }; result: FilterAnswer };
  'filter.complete': { args: { text: string; cursor: number }; result: { readonly suggestions: readonly Suggestion[] } };
  /** Rows from..from+count of the packets that the filter shows, at most 1,000. */
  'packets.rows': { args: { from: number; count: number; look?: RowLook | undefined }; result: PacketWindow };
  /** Where this packet is in the shown list: its position, or that of the next shown one, `exact` telling which. */
  'packets.position': { args: { index: PacketIndex }; result: PacketPosition };
  'packets.details': { args: { index: PacketIndex }; result: PacketDetails };
  /** Flows of the shown packets, sorted. At most 1,000 rows. */
  'flows.rows': { args: { from: number; count: number; sort: FlowSort; descending: boolean }; result: FlowWindow };
  /** One flow, for the inspector; null where it is no longer kept. */
  'flows.get': { args: { index: FlowIndex }; result: FlowRow | null };
  /** Totals, shares, talkers and series of the whole session or of what the filter shows. */
  statistics: { args: { scope: 'all' | 'shown' }; result: StatisticsSnapshot };
  /** What is known of places, and what is remembered; null where there is none. */
  databases: { args: Record<string, never>; result: DatabasesInfo };
  /**
   * Packets per bucket between two times, for the brush: all of them and those that the filter text shows (whatever its range). `last`: of no more
   * than so much time before the last packet.
   */
  timeline: { args: { buckets: number; last?: Nanoseconds }; result: Timeline };
}

export interface EngineTopics extends SshTopics {
  /** State of everything that the frame shows; the newest replaces those that were not taken yet. */
  tick: Tick;
  /** Published at once when an alert was raised or changed. */
  alerts: AlertNews;
}

export interface DatabasesInfo {
  readonly history: HistoryInfo | null;
  readonly geo: GeoInfo | null;
}

/** The database of what was learnt. */
export interface HistoryInfo {
  readonly path: string;
  /** On disk. */
  readonly bytes: Bytes;
  readonly quota: Bytes;
  readonly captures: number;
  readonly alerts: number;
  /** Rows that were not kept since the start because the disk was too slow. */
  readonly dropped: number;
}

export interface TimeRange {
  /** Since the session's start. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

export interface CaptureInterfaceInfo {
  readonly name: string | null;
  readonly description: string | null;
  readonly linkType: string;
  readonly snapLength: Bytes;
  /** null: the file does not say. */
  readonly droppedPackets: number | null;
}

export interface SessionInfo {
  readonly id: number;
  readonly kind: SourceKind;
  /** The file; of what has none a title that no other capture has. */
  readonly path: string;
  readonly name: string;
  readonly format: string;
  readonly compression: string;
  readonly size: Bytes | null;
}

export type FilterAnswer =
  | { readonly ok: true; readonly filterId: number }
  | { readonly ok: false; readonly problem: Problem; readonly start: number; readonly end: number };

export interface Suggestion {
  /** What to put in place of text[start..end). */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

export interface PacketWindow {
  readonly filterId: number;
  readonly from: number;
  readonly rows: readonly PacketRow[];
  /** Shown packets when the window was cut. */
  readonly total: number;
  /** Packets that stood before the list's first one and are not kept any more: positions have moved by so many. */
  readonly forgotten: number;
}

export interface PacketPosition {
  readonly position: number;
  readonly exact: boolean;
  /** As in `PacketWindow`. */
  readonly forgotten: number;
}

export interface PacketDetails {
  readonly index: PacketIndex;
  readonly fields: readonly FieldNode[];
  /** `sources[0]` is the frame; others are reassembled or decrypted bytes. */
  readonly sources: readonly { readonly title: string; readonly bytes: Uint8Array }[];
  readonly row: PacketRow;
  readonly comments: readonly string[];
  /** Where and why decoding stopped, for packets that are damaged. */
  readonly malformed: { readonly layer: string; readonly offset: number; readonly reason: string } | null;
  /** The stored bytes could not be read (file moved, cut). */
  readonly problem: Problem | null;
}

/** `packets` and `bytes` are those of both directions; `host`, `service` and `process` put flows without one last, as does `roundTrip`. */
export const FLOW_SORTS = [
  'first',
  'last',
  'duration',
  'packets',
  'packetsSent',
  'packetsBack',
  'bytes',
  'bytesSent',
  'bytesBack',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'state',
  'tcpFlags',
  'service',
  'host',
  'protocol',
  'roundTrip',
  'retransmissions',
  'process',
] as const;

export type FlowSort = (typeof FLOW_SORTS)[number];

export interface FlowWindow {
  readonly filterId: number;
  readonly from: number;
  readonly rows: readonly FlowRow[];
  readonly total: number;
}

export interface Timeline {
  readonly from: Nanoseconds;
  readonly width: Nanoseconds;
  readonly packets: readonly number[];
  readonly bytes: readonly number[];
  /** Packets that the filter text shows; null where no filter is set. */
  readonly shown: readonly number[] | null;
  /** Of a replay whose file was read before: packets of the whole file, in equal parts of the same time. */
  readonly outline: readonly number[] | null;
}

export type LoadState = 'none' | 'loading' | 'done' | 'cancelled' | 'failed';

export interface Tick {
  readonly session: SessionInfo | null;
  readonly load: { readonly state: LoadState; readonly consumed: Bytes; readonly total: Bytes | null; readonly following: boolean };
  /** What the reader noticed, first 100, and how many there were. */
  readonly warnings: readonly Problem[];
  readonly warningCount: number;
  readonly interfaces: readonly CaptureInterfaceInfo[];
  readonly packets: number;
  /** The oldest packet that is kept; those before it were given up for newer ones. */
  readonly firstPacket: PacketIndex;
  readonly bytes: Bytes;
  /** Epoch second that all times of the session count from. */
  readonly startSecond: number;
  /** Least and greatest packet time since the start; null while there is none. */
  readonly firstTime: Nanoseconds | null;
  readonly lastTime: Nanoseconds | null;
  readonly flows: { readonly total: number; readonly active: number; readonly evicted: number };
  /** Packets that the capturing side said it dropped; null where the file does not say. */
  readonly dropped: number | null;
  /** Of a capture that goes on; null for files. */
  readonly live: LiveState | null;
  readonly replay: ReplayState | null;
  readonly filter: {
    readonly id: number;
    readonly text: string;
    readonly range: TimeRange | null;
    readonly scanning: boolean;
    readonly scanned: number;
    readonly shown: number;
    /** As in `PacketWindow`. */
    readonly forgotten: number;
  };
  readonly annotations: AnnotationNews;
  readonly engine: {
    readonly memory: Bytes;
    readonly indexBytes: Bytes /** Longest time of the last second that the loop was busy. */;
    readonly lagMs: number;
  };
}
