import { z } from 'zod';
import { type FindCalls, MAX_FIND_LENGTH } from '../../shared/contract/find';
import type { FindService } from './find-service';

/** As the filter bar's. */
const MAX_FILTER_LENGTH = 10_000;

const packet = z.number().int().min(0).max(0xfffffffe).nullable();

const query = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('filter'), text: z.string().max(MAX_FILTER_LENGTH) }),
  z.strictObject({ mode: z.literal('text'), text: z.string().min(1).max(MAX_FIND_LENGTH), caseSensitive: z.boolean() }),
  z.strictObject({ mode: z.literal('bytes'), bytes: z.array(z.number().int().min(0).max(255)).min(1).max(MAX_FIND_LENGTH) }),
]);

export const findSchemas: { [K in keyof FindCalls]: z.ZodType<FindCalls[K]['args']> } = {
  'packets.find': z.strictObject({ query, from: packet, until: packet, backward: z.boolean() }),
};

export const findCalls = (finds: FindService) => ({
  'packets.find': (args: FindCalls['packets.find']['args'], signal: AbortSignal) => finds.find(args, signal),
});
