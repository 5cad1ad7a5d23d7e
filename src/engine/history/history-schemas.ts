import { z } from 'zod';
import {
  HISTORY_KINDS,
  HISTORY_TIERS,
  type HistoryCalls,
  type HistorySeriesQuery,
  MAX_HISTORY_CAPTURES,
} from '../../shared/contract/history';

/** Of a path or a part of one, and of an address. */
const MAX_WORDS = 4096;
const MAX_KEY = 255;

const second = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();
/** Kinds of which all keys together are few enough to be read at once. */
const bounded = ({ kind, key }: HistorySeriesQuery): boolean => key !== null || kind === 'protocol' || kind === 'country';

export const historySchemas: { [K in keyof HistoryCalls]: z.ZodType<HistoryCalls[K]['args']> } = {
  'history.captures': z.strictObject({
    search: z.string().max(MAX_WORDS),
    count: z.number().int().min(0).max(MAX_HISTORY_CAPTURES),
  }),
  'history.host': z.strictObject({ address: z.string().max(MAX_KEY) }),
  'history.series': z
    .strictObject({
      kind: z.enum(HISTORY_KINDS),
      key: z.string().max(MAX_KEY).nullable(),
      from: second,
      to: second,
      tier: z.enum(HISTORY_TIERS),
    })
    .refine(bounded),
  'history.forget': z.strictObject({ captureId: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
};
