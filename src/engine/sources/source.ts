import type { Problem, Result } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';

/**
 * A batch of raw frames in one buffer, as struct of arrays; entries 0..count-1 are valid. The batch and all of its arrays are
 * reused: they are valid until the next call of `nextBatch` only.
 */
export interface FrameBatch {
  /** Holds every frame of the batch; frame i is `bytes[start[i] .. start[i] + capturedLength[i])`. */
  bytes: Uint8Array;
  count: number;
  readonly start: Uint32Array;
  /** Bytes that were captured, as stored; bounded by MAX_CAPTURED_LENGTH. */
  readonly capturedLength: Uint32Array;
  /** Bytes on the wire. */
  readonly length: Uint32Array;
  /** Whole seconds since the epoch (an integer, may be beyond 32 bits) and nanoseconds within that second. */
  readonly seconds: Float64Array;
  readonly nanoseconds: Uint32Array;
  /** 0 where the format gives this packet no time stamp (pcapng simple packets). */
  readonly hasTime: Uint8Array;
  /** LINKTYPE_ value of the frame's interface. */
  readonly linkType: Uint16Array;
  /** Index into `CaptureSource.interfaces`. */
  readonly interfaceId: Uint16Array;
  /** Where the frame's first byte is in the capture's (decompressed) byte stream: what `FrameStore.read` takes. */
  readonly position: Float64Array;
  /** Packet comments of this batch, sparse: entry index within the batch and text. */
  comments: { readonly index: number; readonly text: string }[];
}

/** No format that we read stores longer frames; a longer claim is damage. Wireshark's WTAP_MAX_PACKET_SIZE_STANDARD is the same. */
export const MAX_CAPTURED_LENGTH: Bytes = 262_144;

export interface CaptureInterface {
  readonly name: string | null;
  readonly description: string | null;
  readonly linkType: number;
  readonly snapLength: Bytes;
  /** Packets that the capturing side said it dropped on this interface; null where the file does not say. */
  droppedPackets: number | null;
  /** The capture filter, operating system etc. as the file says, for display. */
  readonly details: Readonly<Record<string, string>>;
}

/** Something that the reader noticed and survived; `position` is in the decompressed byte stream. */
export interface CaptureWarning extends Problem {
  readonly position?: Bytes;
}

/** Names that the capture file itself carries (pcapng name resolution blocks). */
export interface CaptureName {
  readonly address: string;
  readonly name: string;
}

/**
 * A stream of frames. Files, standard input, live capture, SSH and replay are all this. Obligations: `nextBatch` never throws because of
 * what the bytes are; damage ends the stream after everything that was readable before it, with a warning that says where and why.
 */
export interface CaptureSource {
  /** 'pcap', 'pcapng', or another format's name in lower case. */
  readonly format: string;
  /** 'none', 'gzip' or 'zstd'. */
  readonly compression: string;
  /** Grows while reading (pcapng); entries never change place. */
  readonly interfaces: readonly CaptureInterface[];
  readonly warnings: readonly CaptureWarning[];
  readonly names: readonly CaptureName[];
  /** File-wide comments and writer information (pcapng section header options). */
  readonly details: Readonly<Record<string, string>>;
  /** True once the stream ended before its format says it should. */
  readonly truncated: boolean;
  /** Size of the input and how much of it was consumed, in bytes as stored (compressed); total is null where unknown (pipes). */
  progress(): { readonly consumed: Bytes; readonly total: Bytes | null };
  /** At most maxPackets frames, after at most about maxMs of waiting; null at the end. An empty batch is possible (nothing came in time). */
  nextBatch(maxPackets: number, maxMs: number): Promise<FrameBatch | null>;
  /** Gives stored frames back; null where the origin cannot be read twice. */
  readonly store: FrameStore | null;
  /** Idempotent; leaves nothing open or running, `store` included. */
  close(): Promise<void>;
}

export interface FrameStore {
  /** The bytes at this position of the decompressed stream; shorter where the stream ends or could not be read. */
  read(position: Bytes, length: Bytes): Promise<Uint8Array>;
}

export interface OpenFileOptions {
  /** Keep waiting for more where the file ends (a capture that another program is writing). */
  readonly follow?: boolean;
  /** Make `store` available; costs a temporary file for compressed captures and pipes. */
  readonly randomAccess?: boolean;
  readonly signal?: AbortSignal;
}

/** What `openCaptureFile(path, options)` and `openCaptureStream(readable, options)` give. */
export type OpenCapture = Promise<Result<CaptureSource>>;
