import { isIP } from 'node:net';
import type { BlockRule } from '../../shared/model/hosts';

/** The jail that fail2ban ships for SSH; the one that is on where fail2ban is installed. */
const JAIL = 'sshd';
/** Table of our own: undoing touches nothing of the server's other rules. */
const TABLE = 'inet portlight';

/**
 * Lines for a shell that block an address, and lines that take it back; empty where the text is no plain IP address (a zone such as %eth0 is
 * refused), so nothing else can get into a shell.
 *
 * nftables (nft(8)): sets and a chain of our own before connection tracking, so that forwarded traffic of containers is dropped too. It is one
 * transaction, and the same once or many times over. ufw (ufw(8)): `prepend` puts the rule before all others of its family, while
 * `insert 1` fails for IPv6 where there are IPv4 rules. fail2ban-client(1): the jail's own ban.
 */
export function blockRules(address: string): BlockRule[] {
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0) return [];
  return [
    {
      tool: 'nftables',
      block: nftables(address, family),
      undo: `sudo nft 'delete element ${TABLE} ${setOf(family)} { ${address} }'`,
      note: 'Holds until the server restarts; "sudo nft delete table inet portlight" takes back all addresses.',
    },
    {
      tool: 'ufw',
      block: `sudo ufw prepend deny from ${address}`,
      undo: `sudo ufw delete deny from ${address}`,
      note: 'Holds over restarts. Needs ufw 0.36 or newer. Ports that Docker publishes are not behind ufw.',
    },
    {
      tool: 'fail2ban',
      block: `sudo fail2ban-client set ${JAIL} banip ${address}`,
      undo: `sudo fail2ban-client set ${JAIL} unbanip ${address}`,
      note: `Only the ports of the jail ${JAIL}, for its ban time. Name another jail where another service is attacked.`,
    },
  ];
}

const setOf = (family: number): string => (family === 6 ? 'blocked_ipv6' : 'blocked_ipv4');

const nftables = (address: string, family: number): string =>
  [
    "sudo nft -f - <<'END'",
    `add table ${TABLE}`,
    `add set ${TABLE} blocked_ipv4 { type ipv4_addr; }`,
    `add set ${TABLE} blocked_ipv6 { type ipv6_addr; }`,
    // -300: before connection tracking (NF_IP_PRI_RAW).
    `add chain ${TABLE} blocked { type filter hook prerouting priority -300; }`,
    `flush chain ${TABLE} blocked`,
    `add rule ${TABLE} blocked ip saddr @blocked_ipv4 drop`,
    `add rule ${TABLE} blocked ip6 saddr @blocked_ipv6 drop`,
    `add element ${TABLE} ${setOf(family)} { ${address} }`,
    'END',
  ].join('\n');
