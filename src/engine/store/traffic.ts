import { formatAddress } from '../../shared/model/addresses';
import type { Connection } from './driver';
import { type AddressColumn, type FlowRows, OTHER_KEY, ROLLUP_KINDS, type RollupRows } from './records';
import { count, finite, text } from './values';

/** Finest first. What is older than its tier keeps is added up into the next one: a minute's traffic is in one table only. */
export const ROLLUP_TIERS = [
  { table: 'rollup_minutes', seconds: 60 },
  { table: 'rollup_hours', seconds: 3600 },
  { table: 'rollup_days', seconds: 86_400 },
] as const;

/** Adds to a row that is there; sums stay exact numbers. */
export const ADD_UP = `ON CONFLICT DO UPDATE SET packets = min(packets + excluded.packets, ${Number.MAX_SAFE_INTEGER}),
  bytes = min(bytes + excluded.bytes, ${Number.MAX_SAFE_INTEGER})`;

/** Characters of a key, a host name and whatever else comes out of a packet. */
const MAX_WORD = 255;

/** Each is added to what is stored of its minute. */
export function addRollups(connection: Connection, captureId: number, rows: RollupRows): void {
  const texts = rows.texts.map((word) => text(word, MAX_WORD));
  const sql = `INSERT INTO rollup_minutes (capture_id, bucket, kind, key, packets, bytes) VALUES (?, ?, ?, ?, ?, ?) ${ADD_UP}`;
  for (let i = 0; i < rows.bucket.length; i++)
    connection.run(
      sql,
      captureId,
      Math.floor(count(rows.bucket[i] ?? 0) / 60) * 60,
      ROLLUP_KINDS[rows.kind[i] ?? 0] ?? OTHER_KEY,
      texts[rows.key[i] ?? 0] ?? OTHER_KEY,
      count(rows.packets[i] ?? 0),
      count(rows.bytes[i] ?? 0),
    );
}

function addressText({ kinds, words }: AddressColumn, i: number): string {
  const at = 4 * i;
  return formatAddress(kinds[i] ?? 0, words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
}

const SAVE_FLOW = `INSERT OR REPLACE INTO flows (capture_id, flow, protocol, source, source_port, destination, destination_port, first, last,
  packets, bytes, packets_back, bytes_back, state, tcp_flags, service, host)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** A flow of the same index is replaced: it may be told of when it ended and again after stragglers came. */
export function saveFlows(connection: Connection, captureId: number, rows: FlowRows): void {
  const texts = rows.texts.map((word) => text(word, MAX_WORD));
  const word = (places: Uint32Array, i: number): string => texts[places[i] ?? 0] ?? '';
  const port = (ports: Int32Array, i: number): number | null => ((ports[i] ?? -1) < 0 ? null : count(ports[i] ?? 0));
  for (let i = 0; i < rows.index.length; i++)
    connection.run(
      SAVE_FLOW,
      captureId,
      count(rows.index[i] ?? 0),
      word(rows.protocol, i),
      addressText(rows.source, i),
      port(rows.sourcePort, i),
      addressText(rows.destination, i),
      port(rows.destinationPort, i),
      finite(rows.first[i] ?? 0),
      finite(rows.last[i] ?? 0),
      count(rows.packets[i] ?? 0),
      count(rows.bytes[i] ?? 0),
      count(rows.packetsBack[i] ?? 0),
      count(rows.bytesBack[i] ?? 0),
      word(rows.state, i),
      word(rows.tcpFlags, i),
      word(rows.service, i),
      word(rows.host, i),
    );
}
