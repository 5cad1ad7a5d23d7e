import type { FrameBatch } from './source';

/** More frames in one batch bring nothing; 65,536 rows are one chunk of the packet table. */
export const MAX_BATCH_FRAMES = 65_536;

export function createBatch(capacity: number): FrameBatch {
  return {
    bytes: new Uint8Array(0),
    count: 0,
    start: new Uint32Array(capacity),
    capturedLength: new Uint32Array(capacity),
    length: new Uint32Array(capacity),
    seconds: new Float64Array(capacity),
    nanoseconds: new Uint32Array(capacity),
    hasTime: new Uint8Array(capacity),
    linkType: new Uint16Array(capacity),
    interfaceId: new Uint16Array(capacity),
    position: new Float64Array(capacity),
    comments: [],
  };
}
