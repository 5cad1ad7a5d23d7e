import { z } from 'zod';
import { type AnnotationCalls, MAX_COMMENT_BYTES } from '../../shared/contract/annotations';
import { MAX_CHOSEN } from '../../shared/contract/exports';
import type { AnnotationService } from './annotation-service';

type Schemas = { [K in keyof AnnotationCalls]: z.ZodType<AnnotationCalls[K]['args']> };
type Handlers = {
  [K in keyof AnnotationCalls]: (
    args: AnnotationCalls[K]['args'],
    signal: AbortSignal,
  ) => Promise<AnnotationCalls[K]['result']> | AnnotationCalls[K]['result'];
};

const packet = z.number().int().min(0).max(0xfffffffe);

export const annotationSchemas: Schemas = {
  'marks.toggle': z.strictObject({
    ranges: z
      .array(z.tuple([packet, packet]))
      .min(1)
      .max(MAX_CHOSEN),
  }),
  'marks.shown': z.strictObject({ marked: z.boolean() }),
  'marks.clear': z.strictObject({}),
  'marks.next': z.strictObject({ from: packet, backward: z.boolean() }),
  'comments.get': z.strictObject({ packet }),
  // Longer by a little is told by the comment's own bound, in words.
  'comments.set': z.strictObject({ packet, text: z.string().max(4 * MAX_COMMENT_BYTES) }),
};

export function annotationCalls(annotations: AnnotationService): Handlers {
  return {
    'marks.toggle': ({ ranges }, signal) => annotations.toggle(ranges, signal),
    'marks.shown': ({ marked }, signal) => annotations.markShown(marked, signal),
    'marks.clear': () => annotations.clear(),
    'marks.next': (args, signal) => annotations.next(args, signal),
    'comments.get': ({ packet: row }) => annotations.comment(row),
    'comments.set': ({ packet: row, text }) => annotations.setComment(row, text),
  };
}
