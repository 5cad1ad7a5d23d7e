import type { InterfaceSeries } from '../../../shared/contract/processes';

/** Looks that a curve shows: ten minutes, once they are there. */
export const ROOM = 120;

export interface InterfaceRate {
  readonly name: string;
  /** Bits a second, received and sent together, oldest first. */
  readonly curve: readonly number[];
  readonly peak: number;
  /** Of the newest look: bits and packets a second. */
  readonly received: number;
  readonly sent: number;
  readonly packets: number;
}

const BITS = 8;

/** Interfaces that carried something in the time of the curves, the busiest first, and names of the others. */
export function interfaceRates(interfaces: readonly InterfaceSeries[]): {
  readonly busy: readonly InterfaceRate[];
  readonly quiet: readonly string[];
} {
  const rates = interfaces.map(({ name, receivedBytes, sentBytes, receivedPackets, sentPackets }) => {
    const curve = receivedBytes.map((received, i) => BITS * ((received ?? 0) + (sentBytes[i] ?? 0))).slice(-ROOM);
    return {
      name,
      curve,
      peak: Math.max(0, ...curve),
      received: BITS * (receivedBytes.at(-1) ?? 0),
      sent: BITS * (sentBytes.at(-1) ?? 0),
      packets: (receivedPackets.at(-1) ?? 0) + (sentPackets.at(-1) ?? 0),
    };
  });
  const sum = ({ curve }: InterfaceRate): number => curve.reduce((total, value) => total + value, 0);
  return {
    busy: rates.filter(({ peak }) => peak > 0).sort((a, b) => sum(b) - sum(a)),
    quiet: rates.filter(({ peak }) => peak === 0).map(({ name }) => name),
  };
}
