import type { Stats } from 'node:fs';
import { createReadStream, open as openDescriptor } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../shared/base/result';
import { CaptureReader } from './capture-reader';
import { COMPRESSION_MAGIC, type Compression, detectCompression, detectFormat, FORMAT_MAGIC } from './detect';
import { FileInput } from './file-input';
import { PagedFrameStore } from './frame-store';
import { GzipInput } from './gzip-input';
import { BufferedInput, type ByteInput } from './input';
import type { CaptureFacts, FormatParser } from './parser';
import { PcapParser } from './pcap';
import { MAX_PCAP_HEADER, readPcapHeader } from './pcap-header';
import { PcapngParser } from './pcapng';
import { SNOOP_HEADER, SnoopParser } from './snoop';
import type { OpenCapture, OpenFileOptions } from './source';
import { createTemporaryFile, SpoolingInput, type TemporaryFile } from './spool';
import { StreamInput } from './stream-input';
import { InputWindow } from './window';
import { ZstdInput } from './zstd-input';

/** Opens a capture file by name. A FIFO or a device is read as a stream. */
export async function openCaptureFile(path: string, options: OpenFileOptions = {}): OpenCapture {
  let handle: FileHandle;
  let stats: Stats;
  try {
    stats = await stat(path);
    if (stats.isDirectory()) return isFolder(path);
    if (stats.isFIFO()) return await openCaptureStream(await openFifo(path), options);
    if (!stats.isFile()) return await openCaptureStream(createReadStream(path), options);
    handle = await open(path, 'r');
  } catch (error) {
    return openProblem(path, error);
  }
  const facts = emptyFacts();
  const follow = options.follow === true;
  const input = new FileInput(handle, path, stats.size, follow, facts.warnings);
  const reopen = (): ByteInput => new FileInput(handle, path, stats.size, follow, facts.warnings);
  return openInput(input, { handle, reopen }, facts, options);
}

/** The bytes of a FIFO, a device or a file as they come. */
export async function openPipe(path: string): Promise<Result<Readable>> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return isFolder(path);
    return ok(stats.isFIFO() ? await openFifo(path) : createReadStream(path));
  } catch (error) {
    return openProblem(path, error);
  }
}

const isFolder = (path: string): Result<never> =>
  fail('is-directory', `${path} is a folder, not a capture file.`, 'Choose a file inside it.');

/** Waits until somebody writes to it. As a socket, it can be closed while nothing comes; a file handle would block until then. */
async function openFifo(path: string): Promise<Readable> {
  return new Socket({ fd: await promisify(openDescriptor)(path, 'r'), readable: true, writable: false });
}

/** Opens a capture that arrives as a stream of bytes: standard input, a pipe, an SSH channel. Waits for its file header. */
export async function openCaptureStream(stream: Readable, options: OpenFileOptions = {}): OpenCapture {
  return openInput(new StreamInput(stream), null, emptyFacts(), options);
}

const emptyFacts = (): CaptureFacts => ({ interfaces: [], names: [], warnings: [], details: {} });

function openProblem(path: string, error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fail('no-such-file', `There is no file ${path}.`, 'Check the name; it may have been moved or deleted.');
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fail(
      'no-permission',
      `You may not read ${path}.`,
      'Ask its owner for the right to read it, or copy it to a folder of your own.',
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return fail('open-failed', `${path} could not be opened: ${reason}.`, 'Check the disk or the network share.');
}

/** The file behind an input; the source closes it. */
interface OpenedFile {
  readonly handle: FileHandle;
  /** Reads it once more, from its start. */
  readonly reopen: () => ByteInput;
}

async function openInput(stored: ByteInput, file: OpenedFile | null, facts: CaptureFacts, options: OpenFileOptions): OpenCapture {
  const { signal } = options;
  let input = stored;
  let temporary: TemporaryFile | null = null;
  let store: PagedFrameStore | null = null;
  const close = async (): Promise<void> => {
    store?.close();
    await input.close();
    await file?.handle.close();
    await temporary?.handle.close();
    await temporary?.remove();
  };
  const onAbort = (): void => {
    void input.close();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal?.aborted === true) onAbort();
    const unpacked = await decompressed(stored, file?.reopen ?? null);
    if (!unpacked.ok) {
      await close();
      return signal?.aborted === true ? cancelled : unpacked;
    }
    input = unpacked.value.input;
    const { compression } = unpacked.value;
    if (file !== null && compression === 'none') store = new PagedFrameStore(file.handle);
    else if (options.randomAccess === true) {
      temporary = await spoolOrNull(facts);
      if (temporary !== null) {
        input = new SpoolingInput(input, temporary.handle, facts.warnings);
        store = new PagedFrameStore(temporary.handle);
      }
    }
    const window = new InputWindow(input);
    const parser = await createParser(window, facts);
    if (signal?.aborted === true || !parser.ok) {
      await close();
      return parser.ok ? cancelled : signal?.aborted === true ? cancelled : parser;
    }
    return ok(new CaptureReader({ compression, input, window, parser: parser.value, facts, store, signal, close }));
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

const cancelled = fail('cancelled', 'Opening the capture was cancelled.');

async function decompressed(
  stored: ByteInput,
  reopen: (() => ByteInput) | null,
): Promise<Result<{ input: ByteInput; compression: Compression }>> {
  const whole = new BufferedInput(stored);
  const compression = detectCompression(await whole.peek(COMPRESSION_MAGIC));
  if (!compression.ok) return compression;
  const kind = compression.value;
  return ok({ compression: kind, input: kind === 'gzip' ? new GzipInput(whole, reopen) : kind === 'zstd' ? new ZstdInput(whole) : whole });
}

/** Without a temporary folder the capture can still be read, only not twice. */
async function spoolOrNull(facts: CaptureFacts): Promise<TemporaryFile | null> {
  try {
    return await createTemporaryFile();
  } catch (error) {
    facts.warnings.push({
      code: 'spool-failed',
      sentence: `No temporary file could be made (${error instanceof Error ? error.message : String(error)}); packet details are not available.`,
      next: 'Make room in the temporary folder, or decompress the capture before opening it.',
    });
    return null;
  }
}

/** Waits for the file header and leaves the window behind it (pcapng: before its first block). */
async function createParser(window: InputWindow, facts: CaptureFacts): Promise<Result<FormatParser>> {
  await available(window, COMPRESSION_MAGIC);
  const wholeMagic = window.to - window.from >= 4 && window.view.getUint32(window.from) !== 0x0a0d0d0a ? 8 : FORMAT_MAGIC;
  await available(window, wholeMagic);
  const format = detectFormat(window.bytes.subarray(window.from, Math.min(window.to, window.from + FORMAT_MAGIC)));
  if (!format.ok) return window.problem === null ? format : { ok: false, problem: window.problem };
  switch (format.value) {
    case 'pcapng':
      return ok(new PcapngParser(facts));
    case 'snoop':
      return (await available(window, SNOOP_HEADER)) ? SnoopParser.open(window, facts) : cutHeader;
    case 'pcap': {
      const long = (window.bytes[window.from] ?? 0) === 0x1c || (window.bytes[window.from + 3] ?? 0) === 0x1c;
      await available(window, long ? MAX_PCAP_HEADER : 24);
      const header = readPcapHeader(window.view, window.from, window.to - window.from);
      if (!header.ok) return header;
      window.from += header.value.headerBytes;
      return ok(new PcapParser(header.value, facts));
    }
  }
}

const cutHeader = fail('cut-header', 'The file is cut off inside its header.', 'Copy or download the capture again.');

/** Waits until `count` unread bytes are there; false where the input ends before. */
async function available(window: InputWindow, count: number): Promise<boolean> {
  while (window.to - window.from < count) {
    if ((await window.advance(Number.POSITIVE_INFINITY)) === 'end') return false;
  }
  return true;
}
