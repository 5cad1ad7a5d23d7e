import { Readable } from 'node:stream';
import { openCaptureStream } from '../../../../src/engine/sources/open';
import type { CaptureSource, OpenFileOptions } from '../../../../src/engine/sources/source';
import type { Result } from '../../../../src/shared/base/result';

export interface Frame {
  /** Seconds with nine decimals; null where the format has none. */
  readonly time: string | null;
  readonly data: string;
  readonly length: number;
  readonly linkType: number;
  readonly interfaceId: number;
  readonly position: number;
  readonly comments: readonly string[];
}

/** A stream that gives `bytes` in chunks of this size. */
export function streamOf(bytes: Uint8Array, chunk = bytes.length): Readable {
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield Buffer.from(bytes.subarray(at, at + chunk));
  };
  return Readable.from(chunks(), { objectMode: false });
}

export function opened<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.sentence}`);
  return result.value;
}

export const openBytes = async (bytes: Uint8Array, options: OpenFileOptions & { chunk?: number } = {}): Promise<CaptureSource> =>
  opened(await openCaptureStream(streamOf(bytes, options.chunk), options));

export async function framesOf(source: CaptureSource, batchSize = 1000): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (;;) {
    const batch = await source.nextBatch(batchSize, 1000);
    if (batch === null) return frames;
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i] ?? 0;
      const nanoseconds = String(batch.nanoseconds[i]).padStart(9, '0');
      frames.push({
        time: batch.hasTime[i] === 1 ? `${batch.seconds[i]}.${nanoseconds}` : null,
        data: Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0))).toString('latin1'),
        length: batch.length[i] ?? -1,
        linkType: batch.linkType[i] ?? -1,
        interfaceId: batch.interfaceId[i] ?? -1,
        position: batch.position[i] ?? -1,
        comments: batch.comments.filter(({ index }) => index === i).map(({ text }) => text),
      });
    }
  }
}

/** Everything that reading these bytes gives, closed. */
export async function readBytes(bytes: Uint8Array, options: OpenFileOptions & { chunk?: number } = {}) {
  const source = await openBytes(bytes, options);
  const frames = await framesOf(source);
  const { format, compression, interfaces, warnings, names, details, truncated } = source;
  await source.close();
  return { frames, format, compression, interfaces, warnings, names, details, truncated };
}

export const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));
