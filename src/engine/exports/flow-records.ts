import { epochOf } from '../../shared/base/format-time';
import type { FlowRow } from '../../shared/model/records';
import type { FlowIndex, Nanoseconds } from '../../shared/model/units';
import { flowRow } from '../api/flow-rows';
import type { SessionTables } from '../session-tables';

const NANOSECONDS = 1_000_000_000;
const DECIMALS = 9;

/** Of the command line's `flows`. */
export const FLOW_FIELDS = [
  'protocol',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'firstTime',
  'lastTime',
  'duration',
  'packets',
  'bytes',
  'packetsBack',
  'bytesBack',
  'state',
  'tcpFlags',
  'service',
  'host',
] as const;

/** A flow with its times as epoch seconds, and its durations as seconds, with nine decimals. */
export type FlowRecord = Omit<FlowRow, 'firstTime' | 'lastTime' | 'roundTrip'> & {
  readonly firstTime: string;
  readonly lastTime: string;
  readonly duration: string;
  readonly roundTrip: string | null;
};

export function flowRecord(tables: SessionTables, serviceName: (service: number) => string, flow: FlowIndex): FlowRecord {
  const row = flowRow(tables, serviceName, flow);
  const { startSecond } = tables.packets;
  return {
    ...row,
    firstTime: epochOf(startSecond, row.firstTime),
    lastTime: epochOf(startSecond, row.lastTime),
    duration: seconds(row.lastTime - row.firstTime),
    roundTrip: row.roundTrip === null ? null : seconds(row.roundTrip),
  };
}

const seconds = (time: Nanoseconds): string => (time / NANOSECONDS).toFixed(DECIMALS);
