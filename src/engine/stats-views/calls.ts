import { z } from 'zod';
import {
  CONVERSATION_KINDS,
  CONVERSATION_SORTS,
  ENDPOINT_SORTS,
  STATISTICS_EXPORTS,
  type StatisticsCalls,
  TCP_HOST_SORTS,
} from '../../shared/contract/statistics-views';
import type { StatisticsService } from './statistics-service';

/** Rows that one call may ask for. */
const MAX_ROWS = 1000;

const window = {
  from: z.number().int().min(0),
  count: z.number().int().min(0).max(MAX_ROWS),
  descending: z.boolean(),
};
const kind = z.enum(CONVERSATION_KINDS);
const ordered = { descending: z.boolean() };

export const statisticsSchemas: { [K in keyof StatisticsCalls]: z.ZodType<StatisticsCalls[K]['args']> } = {
  'statistics.packets': z.strictObject({}),
  'statistics.conversations': z.strictObject({ ...window, kind, sort: z.enum(CONVERSATION_SORTS) }),
  'statistics.endpoints': z.strictObject({ ...window, kind, sort: z.enum(ENDPOINT_SORTS) }),
  'statistics.tcpHosts': z.strictObject({ ...window, sort: z.enum(TCP_HOST_SORTS) }),
  'statistics.export': z.strictObject({
    format: z.enum(STATISTICS_EXPORTS),
    of: z.union([
      z.strictObject({ table: z.enum(['hierarchy', 'lengths']) }),
      z.strictObject({ ...ordered, table: z.literal('conversations'), kind, sort: z.enum(CONVERSATION_SORTS) }),
      z.strictObject({ ...ordered, table: z.literal('endpoints'), kind, sort: z.enum(ENDPOINT_SORTS) }),
      z.strictObject({ ...ordered, table: z.literal('tcpHosts'), sort: z.enum(TCP_HOST_SORTS) }),
    ]),
  }),
};

type Handlers = { [K in keyof StatisticsCalls]: (args: StatisticsCalls[K]['args']) => Promise<StatisticsCalls[K]['result']> };

export const statisticsCalls = (service: StatisticsService): Handlers => ({
  'statistics.packets': () => service.packets(),
  'statistics.conversations': (args) => service.conversations(args),
  'statistics.endpoints': (args) => service.endpoints(args),
  'statistics.tcpHosts': (args) => service.tcpHosts(args),
  'statistics.export': (args) => service.export(args),
});
