import type { Bytes, FlowIndex, PacketIndex } from '../model/units';
import type { FlowSort } from './engine';
import type { ExposureScope, ExposureSort } from './exposure';
import type { HostQuery, HostSort } from './hosts';

/** CSV (RFC 4180) with a header, and JSON Lines without what has no value. */
export const TABLE_FORMATS = ['csv', 'jsonl'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Ranges of chosen packets, and chosen flows, that one call may name. */
export const MAX_CHOSEN = 10_000;
/** Columns of an exported table of packets. */
export const MAX_EXPORT_FIELDS = 100;

/**
 * Which packets. `rows`: of those that the filter shows, what lies in these ranges, first and last packet of each; `flows`: all packets of
 * these flows, shown or not; `marked`: those that a person marked, shown or not.
 */
export type PacketChoice =
  | { readonly of: 'all' | 'shown' | 'marked' }
  | { readonly of: 'rows'; readonly ranges: readonly (readonly [PacketIndex, PacketIndex])[] }
  | { readonly of: 'flows'; readonly flows: readonly FlowIndex[] };

/** `shown`: flows with a packet that the filter shows. */
export type FlowChoice = { readonly of: 'all' | 'shown' } | { readonly of: 'flows'; readonly flows: readonly FlowIndex[] };

export type ExportRequest =
  | { readonly table: 'packets'; readonly packets: PacketChoice; readonly format: 'pcapng' }
  /** `fields`: those of the command line's `packets`, display-filter fields among them. */
  | { readonly table: 'packets'; readonly packets: PacketChoice; readonly format: TableFormat; readonly fields: readonly string[] }
  | {
      readonly table: 'flows';
      readonly flows: FlowChoice;
      readonly format: TableFormat;
      readonly sort: FlowSort;
      readonly descending: boolean;
    }
  | {
      readonly table: 'hosts';
      readonly query: HostQuery;
      readonly format: TableFormat;
      readonly sort: HostSort;
      readonly descending: boolean;
    }
  | {
      readonly table: 'exposure';
      /** Null: the likeliest. */
      readonly host: string | null;
      readonly scope: ExposureScope;
      readonly format: TableFormat;
      readonly sort: ExposureSort;
      readonly descending: boolean;
    }
  /** An HTML page for reading and printing. */
  | { readonly table: 'report'; readonly scope: 'all' | 'shown' };

export interface Exported {
  /** Packets, flows or rows that were written; of a report the alerts in it. */
  readonly count: number;
  readonly bytes: Bytes;
  /** Packets and flows that are not kept any more. */
  readonly missing: number;
}

export interface ExportCalls {
  /**
   * Writes a file; one of this name is replaced when all is written, and stays as it is where that fails or is cancelled. One at a time.
   */
  'export.write': { args: { path: string; request: ExportRequest }; result: Exported };
  /** Of what is being written; null: nothing is. `total` 0: not known yet. */
  'export.progress': { args: Record<string, never>; result: { readonly done: number; readonly total: number } | null };
  /** How many packets that is now. */
  'export.count': { args: { packets: PacketChoice }; result: { readonly count: number } };
  /** Those of `fields` that no packet can have. */
  'export.unknown': { args: { fields: readonly string[] }; result: { readonly unknown: readonly string[] } };
}
