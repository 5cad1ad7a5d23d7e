import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCaptureFile } from '../../src/engine/sources/open';
import { draw } from './draw';
import { arp, join as bytesOf, ethernet, icmp, icmpv6, ipv4, ipv6, tcp, udp } from './layers';
import { dnsAnswer, dnsOverTcp, dnsQuery, httpRequest, httpResponse, tlsApplicationData, tlsClientHello, tlsServerHello } from './messages';
import { CAPTURES, hasCaptures } from './read-capture';

export interface ValidFrame {
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

const ETHERNET = 1;

/** A frame of everything that the builders can make. */
export const builtFrames: readonly ValidFrame[] = [
  ...draw(`
    10.0.0.1:41022 > 10.0.0.4:22 S mss=1460 scale=7
    10.0.0.4:22 > 10.0.0.1:41022 SA vlan=10,20
    10.0.0.1:9999 > 10.0.0.2:9 udp len=100 fragment=64
    10.0.0.1 > 10.0.0.2 icmp echo 7 1
    [2001:db8::1]:9 > [2001:db8::2]:9 udp len=100 fragment=64
    10.0.0.1 > 10.0.0.2 arp who-has
  `).frames,
  ...[
    tcp({ payload: httpRequest({ headers: ['Transfer-Encoding: chunked', 'Accept: */*'] }) }),
    tcp({ sourcePort: 80, destinationPort: 4000, payload: httpResponse(200, 'hello') }),
    tcp({ destinationPort: 443, payload: tlsClientHello({ alpn: ['h2', 'http/1.1'], versions: [0x0304, 0x0303] }) }),
    tcp({ sourcePort: 443, destinationPort: 4000, payload: bytesOf(tlsServerHello(), tlsApplicationData(30)) }),
    tcp({ destinationPort: 53, payload: dnsOverTcp(dnsQuery('example.com')) }),
    udp({ destinationPort: 53, payload: dnsQuery('www.example.com', { type: 'AAAA' }) }),
    udp({ sourcePort: 5353, destinationPort: 5353, payload: dnsAnswer('host.local', ['10.0.0.9', '2001:db8::9', 'alias.local']) }),
    // Tunnels: VXLAN, Geneve, GTP-U, Teredo, L2TP and IP in IP, each around something.
    udp({ destinationPort: 4789, payload: bytesOf([8, 0, 0, 0, 0, 0, 1, 0], ethernet({ payload: ipv4({ payload: tcp() }) })) }),
    udp({ destinationPort: 6081, payload: bytesOf([0, 0, 0x65, 0x58, 0, 0, 1, 0], ethernet({ payload: arp() })) }),
    udp({ destinationPort: 2152, payload: bytesOf([0x30, 255, 0, 48, 0, 0, 0, 1], ipv4({ payload: udp() }).bytes) }),
    udp({ destinationPort: 3544, payload: ipv6({ payload: icmpv6() }).bytes }),
    udp({ destinationPort: 1701, payload: bytesOf([0, 2, 0, 1, 0, 1, 0xff, 3, 0, 0x21], ipv4({ payload: icmp() }).bytes) }),
    icmp({ type: 3, code: 3, rest: [0, 0, 0, 0], payload: ipv4({ payload: udp({ payload: dnsQuery('quoted.example') }) }).bytes }),
    ipv4({ payload: ipv6({ payload: tcp({ flags: 'SEC' }) }) }),
  ].map((payload) => ethernet({ payload: ipv4({ payload }) })),
].map((bytes) => ({ linkType: ETHERNET, bytes }));

/** Real frames: the first of each capture in the folder, up to `perFile`. None where the folder is missing. */
export async function realFrames(perFile: number): Promise<ValidFrame[]> {
  if (!hasCaptures) return [];
  const frames: ValidFrame[] = [];
  for (const folder of ['protocols', 'linktypes']) {
    for (const name of readdirSync(join(CAPTURES, folder))) {
      const opened = await openCaptureFile(join(CAPTURES, folder, name));
      if (!opened.ok) continue;
      const batch = await opened.value.nextBatch(perFile, 1000);
      for (let i = 0; batch && i < batch.count; i++) {
        const start = batch.start[i] ?? 0;
        const bytes = batch.bytes.slice(start, start + (batch.capturedLength[i] ?? 0));
        if (bytes.length > 0) frames.push({ linkType: batch.linkType[i] ?? ETHERNET, bytes });
      }
      await opened.value.close();
    }
  }
  return frames;
}
