import type { Connection } from './driver';
import type { RollupRow, StoredFlow } from './records';
import { count, countOrNull, finite, text } from './values';

/** Finest first. What is older than its tier keeps is added up into the next one: a minute's traffic is in one table only. */
export const ROLLUP_TIERS = [
  { table: 'rollup_minutes', seconds: 60 },
  { table: 'rollup_hours', seconds: 3600 },
  { table: 'rollup_days', seconds: 86_400 },
] as const;

/** Adds to a row that is there; sums stay exact numbers. */
export const ADD_UP = `ON CONFLICT DO UPDATE SET packets = min(packets + excluded.packets, ${Number.MAX_SAFE_INTEGER}),
  bytes = min(bytes + excluded.bytes, ${Number.MAX_SAFE_INTEGER})`;

export function addRollup(connection: Connection, captureId: number, { bucket, kind, key, packets, bytes }: RollupRow): void {
  connection.run(
    `INSERT INTO rollup_minutes (capture_id, bucket, kind, key, packets, bytes) VALUES (?, ?, ?, ?, ?, ?) ${ADD_UP}`,
    captureId,
    Math.floor(count(bucket) / 60) * 60,
    kind,
    text(key, 255),
    count(packets),
    count(bytes),
  );
}

/** A flow of the same index is replaced: it may be told of twice, when it was reported active and when it ended. */
export function saveFlow(connection: Connection, captureId: number, flow: StoredFlow): void {
  connection.run(
    `INSERT OR REPLACE INTO flows (capture_id, flow, protocol, source, source_port, destination, destination_port, first, last,
      packets, bytes, packets_back, bytes_back, state, tcp_flags, service, host)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    captureId,
    count(flow.index),
    text(flow.protocol),
    text(flow.source),
    countOrNull(flow.sourcePort),
    text(flow.destination),
    countOrNull(flow.destinationPort),
    finite(flow.first),
    finite(flow.last),
    count(flow.packets),
    count(flow.bytes),
    count(flow.packetsBack),
    count(flow.bytesBack),
    text(flow.state),
    text(flow.tcpFlags),
    text(flow.service),
    text(flow.host, 255),
  );
}
