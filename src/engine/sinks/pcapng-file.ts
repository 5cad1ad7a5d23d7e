import { type FileHandle, open } from 'node:fs/promises';
import { ok, type Result } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { CaptureInterface, FrameBatch } from '../sources/source';
import { type InterfaceCounts, PcapngEncoder } from './pcapng-encoder';
import { writeFailure } from './write-failure';

export interface PcapngFileOptions {
  /** Name and version of the program that writes. */
  readonly application: string;
  /** Taken where the source's interface has none (pcap): what was captured, and the filter that it was captured with. */
  readonly interfaceName: string | null;
  readonly captureFilter: string | null;
}

/** Writes batches of frames to a pcapng file as they come. What is in the file is whole blocks, whatever happens to the program. */
export class PcapngFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #options: PcapngFileOptions;
  readonly #encoder: PcapngEncoder;
  readonly #started = Date.now();
  #interfaces = 0;

  private constructor(path: string, handle: FileHandle, options: PcapngFileOptions) {
    this.#path = path;
    this.#handle = handle;
    this.#options = options;
    this.#encoder = new PcapngEncoder(options.application);
  }

  /** Only the user can read it; a file of this name is overwritten. */
  static async create(path: string, options: PcapngFileOptions): Promise<Result<PcapngFile>> {
    try {
      return ok(new PcapngFile(path, await open(path, 'w', 0o600), options));
    } catch (error) {
      return writeFailure(path, error);
    }
  }

  /** Bytes of the file, those included that could not be written. */
  get size(): Bytes {
    return this.#encoder.position;
  }

  /**
   * All frames of the batch; `interfaces` are the source's. Where `base` is given, the batch's positions become those of the frames in the file,
   * counted from `base`.
   */
  async write(batch: FrameBatch, interfaces: readonly CaptureInterface[], base: Bytes | null = null): Promise<Result<null>> {
    const encoder = this.#encoder;
    for (; this.#interfaces < interfaces.length; this.#interfaces++) {
      const shown = interfaces[this.#interfaces];
      if (shown === undefined) break;
      const { linkType, snapLength, name, description, details } = shown;
      encoder.addInterface({
        linkType,
        snapLength,
        name: name ?? this.#options.interfaceName,
        description,
        filter: details.captureFilter ?? this.#options.captureFilter,
      });
    }
    let comment = 0;
    for (let i = 0; i < batch.count; i++) {
      const first = comment;
      while (batch.comments[comment]?.index === i) comment++;
      const position = encoder.addPacket(
        batch.interfaceId[i] ?? 0,
        batch.seconds[i] ?? 0,
        batch.nanoseconds[i] ?? 0,
        batch.bytes,
        batch.start[i] ?? 0,
        batch.capturedLength[i] ?? 0,
        batch.length[i] ?? 0,
        comment === first ? undefined : batch.comments.slice(first, comment).map(({ text }) => text),
      );
      if (base !== null) batch.position[i] = base + position;
    }
    return this.#flush();
  }

  /** Writes the counts of the interfaces, in their order, where they are given, and closes the file. */
  async close(counts: readonly (InterfaceCounts | null)[] | null): Promise<Result<null>> {
    for (const [id, count] of (counts ?? []).slice(0, this.#interfaces).entries())
      if (count !== null) this.#encoder.addStatistics(id, count, this.#started, Date.now());
    const written = await this.#flush();
    await this.#handle.close();
    return written;
  }

  async #flush(): Promise<Result<null>> {
    const blocks = this.#encoder.take();
    try {
      for (let at = 0; at < blocks.length; ) at += (await this.#handle.write(blocks, at)).bytesWritten;
      return ok(null);
    } catch (error) {
      return writeFailure(this.#path, error);
    }
  }
}
