/** Protocols whose fields the headers of a packet decide, whatever its application protocol is. */
const HEADERS = new Set(['eth', 'vlan', 'sll', 'wlan', 'radiotap', 'arp', 'ip', 'ipv6', 'tcp', 'udp']);
/** Fields of these that say how the payload was taken. */
const OF_PAYLOAD = new Set(['tcp.segment_data', 'tcp.reassembled.length']);

/** True where a tree without its application layer answers for all of these names: it costs a fraction of the whole one. */
export function areHeaderFields(names: Iterable<string>): boolean {
  for (const name of names) {
    if (OF_PAYLOAD.has(name) || !HEADERS.has(name.split('.', 1)[0] ?? '')) return false;
  }
  return true;
}
