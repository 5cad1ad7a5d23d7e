const HEADER = 24;
const RECORD_HEADER = 16;

/** Seconds since 1970 of every packet in a little-endian pcap file with nanoseconds. */
export function epochsOf(file: Uint8Array): number[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const epochs: number[] = [];
  for (let at = HEADER; at + RECORD_HEADER <= file.length; at += RECORD_HEADER + view.getUint32(at + 8, true))
    epochs.push(view.getUint32(at, true) + view.getUint32(at + 4, true) / 1e9);
  return epochs;
}
