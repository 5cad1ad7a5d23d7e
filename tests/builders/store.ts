import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressTable } from '../../src/engine/columns/address-table';
import { FlowColumns, RollupColumns } from '../../src/engine/history/row-columns';
import {
  type CaptureFacts,
  type CaptureIdentity,
  type FlowRows,
  ROLLUP_KINDS,
  type RollupKind,
  type RollupRows,
  type StoredAlert,
} from '../../src/engine/store/records';
import { addressWords } from './address-words';

/** A folder for one test's databases, and how to remove it. */
export function temporaryFolder(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'portlight-store-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const identity = (parts: Partial<CaptureIdentity> = {}): CaptureIdentity => ({
  size: 1000,
  modified: 1_700_000_000_000,
  hash: 'ab'.repeat(32),
  ...parts,
});

export const facts = (parts: Partial<CaptureFacts> = {}): CaptureFacts => ({
  path: '/captures/scan.pcap',
  packets: 0,
  bytes: 0,
  firstEpoch: '',
  lastEpoch: '',
  flows: 0,
  ...parts,
});

export const storedAlert = (parts: Partial<StoredAlert> = {}): StoredAlert => ({
  key: 'port_scan 203.0.113.5 192.0.2.1',
  parentKey: null,
  type: 'port_scan',
  severity: 'high',
  epoch: '1700000000.123456789',
  lastEpoch: '1700000060.000000001',
  sourceIp: '203.0.113.5',
  sourcePort: null,
  targetIp: '192.0.2.1',
  targetPort: null,
  sourceCountry: 'DE',
  targetCountry: null,
  title: 'Port scan',
  description: '203.0.113.5 tried 12 ports of 192.0.2.1.',
  technique: 'T1046',
  count: 1,
  absorbed: 0,
  evidence: { ports: [22, 23], kind: 'SYN' },
  why: { measure: 'distinct ports', value: 12, threshold: 10, unit: 'ports', window: 60, quiet: 'Fewer than 10 ports.' },
  packets: [1, 2, 3],
  flows: [0, 1],
  filter: 'ip.addr == 203.0.113.5',
  ...parts,
});

/** Addresses are IPv4, ports -1 where the protocol has none, times epoch seconds. */
interface KeptFlow {
  readonly index: number;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly first: number;
  readonly last: number;
  readonly packets: number;
  readonly bytes: number;
  readonly packetsBack: number;
  readonly bytesBack: number;
  readonly state: string;
  readonly tcpFlags: string;
  readonly service: string;
  readonly host: string;
}

export const storedFlow = (parts: Partial<KeptFlow> = {}): KeptFlow => ({
  index: 0,
  protocol: 'TCP',
  source: '203.0.113.5',
  sourcePort: 41022,
  destination: '192.0.2.1',
  destinationPort: 22,
  first: 1_700_000_000.5,
  last: 1_700_000_001.25,
  packets: 3,
  bytes: 180,
  packetsBack: 2,
  bytesBack: 120,
  state: 'SF',
  tcpFlags: 'SAF',
  service: 'ssh',
  host: '',
  ...parts,
});

const NUMBERS = ['index', 'sourcePort', 'destinationPort', 'first', 'last', 'packets', 'bytes', 'packetsBack', 'bytesBack'] as const;
const TEXTS = ['protocol', 'state', 'tcpFlags', 'service', 'host'] as const;

export function flowRows(...flows: readonly KeptFlow[]): FlowRows {
  const columns = new FlowColumns(flows.length);
  const addresses = new AddressTable();
  for (const flow of flows) {
    const at = columns.count++;
    for (const name of NUMBERS) columns[name][at] = flow[name];
    for (const name of ['source', 'destination'] as const)
      addresses.copyTo(addresses.internIpv4(addressWords(flow[name])[0] ?? 0), columns[name].kinds, columns[name].words, at);
    for (const name of TEXTS) columns[name][at] = columns.texts.push(flow[name]) - 1;
  }
  return columns.rows();
}

interface Rollup {
  readonly bucket: number;
  readonly kind: RollupKind;
  readonly key: string;
  readonly packets: number;
  readonly bytes: number;
}

export const rollup = (parts: Partial<Rollup> = {}): Rollup => ({
  bucket: 1_700_000_040,
  kind: 'protocol',
  key: 'TCP',
  packets: 10,
  bytes: 1000,
  ...parts,
});

export function rollupRows(...rollups: readonly Rollup[]): RollupRows {
  const columns = new RollupColumns();
  for (const { bucket, kind, key, packets, bytes } of rollups) columns.add(bucket, ROLLUP_KINDS.indexOf(kind), key, packets, bytes);
  return columns.rows();
}
