import { isIP } from 'node:net';

/** Our own connection as the server sees it: after every translation of addresses, and from the last jump host. */
export interface OwnConnection {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly serverAddress: string;
  readonly serverPort: number;
}

/** Takes `$SSH_CONNECTION` (ssh(1)): client address and port, server address and port. null: it is not that. */
export function parseSshConnection(text: string): OwnConnection | null {
  const words = text.trim().split(/\s+/);
  const [client = '', clientPort = '', server = '', serverPort = ''] = words;
  const addresses = [client, server].map((address) => address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, ''));
  const ports = [clientPort, serverPort].map((port) => (/^\d{1,5}$/.test(port) ? Number(port) : 0));
  if (words.length !== 4 || !addresses.every((address) => isIP(address) !== 0)) return null;
  if (!ports.every((port) => port >= 1 && port <= 65535)) return null;
  const [clientAddress = '', serverAddress = ''] = addresses;
  return { clientAddress, clientPort: ports[0] ?? 0, serverAddress, serverPort: ports[1] ?? 0 };
}

/**
 * The filter of the capture: only this one connection is left out, never a port. It stands before the user's part because `vlan` and `mpls`
 * there change what the words behind them look at (pcap-filter(7)).
 */
export function withoutOwnConnection(own: OwnConnection, filter: string): string {
  const ours =
    `not (tcp and host ${own.clientAddress} and host ${own.serverAddress}` + ` and port ${own.clientPort} and port ${own.serverPort})`;
  return filter.trim() === '' ? ours : `${ours} and (${filter.trim()})`;
}
