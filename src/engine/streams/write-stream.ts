import { type FileHandle, open } from 'node:fs/promises';
import { ok, type Result } from '../../shared/base/result';
import type { StreamFormat, StreamSender, StreamState } from '../../shared/contract/stream';
import type { Bytes } from '../../shared/model/units';
import { Turn } from '../budget';
import { replaceFile } from '../sinks/replace-file';
import { type ReadPiece, readPieces } from './stream-bytes';
import type { StreamIndex } from './stream-index';

/** Bytes that are collected before they are written. */
const BUFFER = 1 << 18;
const ROW = 16;
const NAMES = ['client', 'server'] as const;

type Written = { readonly bytes: Bytes; readonly missing: Bytes };

/** Writes the stream to a file; one of this name is replaced when all is written. */
export async function writeStream(
  index: StreamIndex,
  path: string,
  format: StreamFormat,
  only: StreamSender | null,
  signal: AbortSignal,
): Promise<Result<Written>> {
  return replaceFile(path, signal, async (unfinished) => {
    const file = await open(unfinished, 'wx');
    try {
      return ok(await writeAll(file, index, format, only, signal));
    } finally {
      await file.close();
    }
  });
}

async function writeAll(
  file: FileHandle,
  index: StreamIndex,
  format: StreamFormat,
  only: StreamSender | null,
  signal: AbortSignal,
): Promise<Written> {
  const turn = new Turn();
  const { ends, protocol } = index.state;
  let waiting: Uint8Array[] = [];
  let size = 0;
  let bytes = 0;
  let missing = 0;
  const offsets: [number, number] = [0, 0];
  let last: StreamSender | null = null;
  const flush = async (): Promise<void> => {
    if (size > 0) await file.writeFile(Buffer.concat(waiting, size));
    waiting = [];
    size = 0;
  };
  const put = (chunk: Uint8Array): void => {
    waiting.push(chunk);
    size += chunk.length;
  };
  if (format !== 'raw') put(Buffer.from(heading(protocol, ends)));
  for await (const piece of readPieces(index, 0, Number.POSITIVE_INFINITY, only)) {
    if (signal.aborted) break;
    if (piece.kind === 'data') bytes += piece.bytes.length;
    else missing += piece.length;
    if (format === 'raw') put(Uint8Array.from(piece.bytes));
    else {
      if (piece.sender !== last) put(Buffer.from(`\n\n--- ${NAMES[piece.sender]} ---\n`));
      last = piece.sender;
      if (piece.kind !== 'data') put(Buffer.from(`\n[${piece.length} bytes missing]\n`));
      else if (format === 'text') put(Uint8Array.from(piece.bytes));
      else put(Buffer.from(hexRows(piece, offsets[piece.sender])));
      offsets[piece.sender] += piece.length;
    }
    if (size >= BUFFER) await flush();
    if (turn.over) await turn.next();
  }
  await flush();
  return { bytes, missing };
}

const heading = (protocol: string, [client, server]: StreamState['ends']): string =>
  `${protocol} stream\nclient ${client.address} port ${client.port}\nserver ${server.address} port ${server.port}\n`;

/** 16 bytes a line: where in what the sender sent, in hexadecimal, the bytes, and those that are ASCII characters. */
function hexRows({ bytes }: ReadPiece, offset: number): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const plain = String.fromCharCode(...Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? byte : 0x2e)));
    text += `${(offset + at).toString(16).padStart(8, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${plain}\n`;
  }
  return text;
}
