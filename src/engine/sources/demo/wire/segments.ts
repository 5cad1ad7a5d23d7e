import { concat, u16 } from './bytes';

export const Flag = { Fin: 1, Syn: 2, Rst: 4, Push: 8, Ack: 16 } as const;

export interface Segment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly window: number;
  /** A multiple of four bytes. */
  readonly options?: readonly number[];
  readonly payload?: Uint8Array;
}

const HEADER = 20;

/** TCP (RFC 9293) with a checksum of 0. */
export function tcpSegment(segment: Segment): Uint8Array {
  const { options = [], payload } = segment;
  const start = HEADER + options.length;
  const bytes = new Uint8Array(start + (payload?.length ?? 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, segment.sourcePort);
  view.setUint16(2, segment.destinationPort);
  view.setUint32(4, segment.sequence);
  view.setUint32(8, segment.acknowledgement);
  bytes[12] = (start / 4) << 4;
  bytes[13] = segment.flags;
  view.setUint16(14, segment.window);
  bytes.set(options, HEADER);
  if (payload) bytes.set(payload, start);
  return bytes;
}

/** UDP (RFC 768) with a checksum of 0. */
export const udpDatagram = (sourcePort: number, destinationPort: number, payload: Uint8Array): Uint8Array =>
  concat(u16(sourcePort), u16(destinationPort), u16(8 + payload.length), [0, 0], payload);

/** Echo request or reply (RFC 792, RFC 4443) with a checksum of 0. */
export const echo = (type: number, identifier: number, sequence: number, payload: Uint8Array): Uint8Array =>
  concat([type, 0, 0, 0], u16(identifier), u16(sequence), payload);
