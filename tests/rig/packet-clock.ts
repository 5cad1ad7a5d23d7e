const HEADER = 24;
const RECORD = 16;
const MICROSECONDS = 0xa1b2c3d4;

/**
 * The same pcap (microseconds, as tcpdump writes it here) with other times: `time` is given the seconds since the first packet and the
 * number of the packet from 0, and gives the seconds since the start. So a scan of hours is recorded in seconds.
 */
export function withTimes(pcap: Uint8Array, time: (seconds: number, number: number) => number): Uint8Array {
  const bytes = pcap.slice();
  const view = new DataView(bytes.buffer);
  const little = view.getUint32(0, true) === MICROSECONDS;
  if (view.getUint32(0, little) !== MICROSECONDS) throw new Error('not a pcap file with microseconds');
  const read = (at: number): number => view.getUint32(at, little) + view.getUint32(at + 4, little) / 1e6;
  const start = bytes.length > HEADER ? read(HEADER) : 0;
  for (let at = HEADER, number = 0; at < bytes.length; at += RECORD + view.getUint32(at + 8, little), number++) {
    const moved = Math.round((start + time(read(at) - start, number)) * 1e6);
    view.setUint32(at, Math.floor(moved / 1e6), little);
    view.setUint32(at + 4, moved % 1e6, little);
  }
  return bytes;
}

/** Every pause `factor` times as long. */
export const slower = (pcap: Uint8Array, factor: number): Uint8Array => withTimes(pcap, (seconds) => seconds * factor);
