import { concat, u32 } from './bytes';

/** From 1900, which NTP counts from, to 1970. */
const SECONDS_TO_1970 = 2_208_988_800;
const VERSION = 4;

export interface NtpTimes {
  /** 3 client, 4 server. */
  readonly mode: number;
  readonly stratum: number;
  /** Seconds since 1970; 0: none. */
  readonly reference: number;
  readonly originate: number;
  readonly receive: number;
  readonly transmit: number;
}

const stamp = (time: number): number[] => {
  if (time === 0) return [...u32(0), ...u32(0)];
  const second = Math.floor(time);
  return [...u32((second + SECONDS_TO_1970) >>> 0), ...u32(Math.floor((time - second) * 0x1_0000_0000) >>> 0)];
};

/** RFC 5905, 7.3. */
export function ntpPacket({ mode, stratum, reference, originate, receive, transmit }: NtpTimes): Uint8Array {
  const isServer = mode === 4;
  const start = [(VERSION << 3) | mode, stratum, 6, 0xe8];
  const reliability = isServer ? [0, 0, 0x05, 0x1e, 0, 0, 0x08, 0x0c, 192, 0, 2, 11] : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  return concat(start, reliability, stamp(reference), stamp(originate), stamp(receive), stamp(transmit));
}
