import { z } from 'zod';
import { MAX_STREAM_PATTERN, MAX_STREAM_WINDOW, STREAM_FORMATS, type StreamCalls } from '../../shared/contract/stream';
import type { Engine } from '../engine';

type Schemas = { [K in keyof StreamCalls]: z.ZodType<StreamCalls[K]['args']> };
type Handlers = {
  [K in keyof StreamCalls]: (args: StreamCalls[K]['args'], signal: AbortSignal) => Promise<StreamCalls[K]['result']>;
};

const MAX_PATH = 32_768;

const flow = z.number().int().min(0).max(0xfffffffe);
const sender = z.union([z.literal(0), z.literal(1)]).nullable();

export const streamSchemas: Schemas = {
  'stream.follow': z.strictObject({
    flow,
    from: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    count: z.number().int().min(0).max(MAX_STREAM_WINDOW),
  }),
  'stream.find': z.strictObject({
    flow,
    pattern: z.array(z.number().int().min(0).max(255)).min(1).max(MAX_STREAM_PATTERN),
    ignoreCase: z.boolean(),
    sender,
  }),
  'stream.save': z.strictObject({ flow, path: z.string().min(1).max(MAX_PATH), format: z.enum(STREAM_FORMATS), sender }),
};

export function streamCalls({ streams }: Engine): Handlers {
  return {
    'stream.follow': (args, signal) => streams.follow(args, signal),
    'stream.find': (args, signal) => streams.find(args, signal),
    'stream.save': (args, signal) => streams.save(args, signal),
  };
}
