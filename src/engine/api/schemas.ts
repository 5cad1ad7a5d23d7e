import { z } from 'zod';
import { type EngineCalls, FLOW_SORTS } from '../../shared/contract/engine';

/** Rows that one call may ask for. */
export const MAX_WINDOW = 1000;
/** Longer filters are refused before they are parsed. */
export const MAX_FILTER_LENGTH = 10_000;
const MAX_PATH = 32_768;
const MAX_BUCKETS = 2048;

const nothing = z.strictObject({});
const row = z.number().int().min(0).max(0xfffffffe);
const window = { from: z.number().int().min(0), count: z.number().int().min(0).max(MAX_WINDOW) };
const text = z.string().max(MAX_FILTER_LENGTH);
const range = z.strictObject({ from: z.number(), to: z.number() });

type Schemas = { [K in keyof EngineCalls]: z.ZodType<EngineCalls[K]['args']> };

/** What each call's arguments must be: the window is not trusted. */
export const schemas: Schemas = {
  'session.open': z.strictObject({ path: z.string().min(1).max(MAX_PATH), follow: z.boolean().optional() }) as Schemas['session.open'],
  'session.cancel': nothing,
  'session.close': nothing,
  'filter.set': z.strictObject({ text, range: range.nullable() }),
  'filter.check': z.strictObject({ text }),
  'filter.complete': z.strictObject({ text, cursor: z.number().int().min(0).max(MAX_FILTER_LENGTH) }),
  'packets.rows': z.strictObject(window),
  'packets.position': z.strictObject({ index: row }),
  'packets.details': z.strictObject({ index: row }),
  'flows.rows': z.strictObject({
    ...window,
    sort: z.enum(FLOW_SORTS),
    descending: z.boolean(),
  }),
  'flows.get': z.strictObject({ index: row }),
  statistics: z.strictObject({ scope: z.enum(['all', 'shown']) }),
  timeline: z.strictObject({ buckets: z.number().int().min(1).max(MAX_BUCKETS) }),
};
