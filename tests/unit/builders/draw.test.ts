import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../../builders/draw';
import { column, fieldsOf, infos, readCapture } from '../../builders/read-capture';
import { hasTshark } from '../../builders/tshark';

const DRAWING = `
  # a connection, then what else there is
  10.0.0.1:41022 > 10.0.0.4:22 S mss=1460 scale=7
  10.0.0.4:22 > 10.0.0.1:41022 SA
  10.0.0.1:41022 > 10.0.0.4:22 A
  10.0.0.4:22 > 10.0.0.1:41022 PA 'SSH-2.0-x y=1\\r\\n'
  10.0.0.1:41022 > 10.0.0.4:22 FA
  +0.5 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  1.1.1.1:53 > 10.0.0.1:5353 udp dns A example.com = 192.0.2.1
  [2001:db8::1]:4000 > [2001:db8::2]:80 PA http POST example.com/form vlan=10
  10.0.0.1:4001 > 10.0.0.2:443 PA tls www.example.org
  @10 10.0.0.1 > 10.0.0.2 icmp echo 7 1
  10.0.0.1:9999 > 10.0.0.2:9 udp len=2000 fragment=1480
  10.0.0.1:9999 > 10.0.0.2:9 udp hex 01 02 'ab'
  10.0.0.2 > 10.0.0.1 icmp unreachable
  2001:db8::1 > 2001:db8::2 icmp echo 7 2
  10.0.0.1 > 10.0.0.2 arp who-has
  10.0.0.2 > 10.0.0.1 arp is-at
  02:00:00:00:00:01 > 01:80:c2:00:00:0e type=0x88cc hex 0207 04 02000a000001 0403 07 6531 0602 0078 0000
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlight-draw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A line a packet, as tshark prints them. */
function tshark(pcap: Uint8Array, ...args: string[]): string[] {
  const path = join(folder, 'drawn.pcap');
  writeFileSync(path, pcap);
  const output = execFileSync('tshark', ['-n', '-r', path, '-T', 'fields', ...args], { encoding: 'utf8', stdio: 'pipe' });
  return output.split('\n').slice(0, -1);
}

describe('a drawn capture', () => {
  it('reads back as it was drawn', async () => {
    const drawing = draw(DRAWING);
    const capture = await readCapture(drawing.pcap());
    expect(column(capture, 'protocol')).toEqual(
      'TCP TCP TCP SSH TCP DNS DNS HTTP TLSv1 ICMP IPv4 UDP UDP ICMP ICMPv6 ARP ARP LLDP'.split(' '),
    );
    expect(fieldsOf(capture, 0, 'source', 'sourcePort', 'destination', 'destinationPort', 'tcpFlags', 'time')).toEqual({
      source: '10.0.0.1',
      sourcePort: 41022,
      destination: '10.0.0.4',
      destinationPort: 22,
      tcpFlags: '0x0002',
      time: '1700000000.000000000',
    });
    expect(fieldsOf(capture, 5, 'dnsName', 'time')).toEqual({ dnsName: 'example.com', time: '1700000000.504000000' });
    expect(fieldsOf(capture, 7, 'source', 'vlan', 'httpMethod', 'httpHost', 'httpUri')).toEqual({
      source: '2001:db8::1',
      vlan: 10,
      httpMethod: 'POST',
      httpHost: 'example.com',
      httpUri: '/form',
    });
    expect(column(capture, 'tlsSni')[8]).toBe('www.example.org');
    expect(column(capture, 'time')[9]).toBe('1700000010.000000000');
    expect(fieldsOf(capture, 15, 'source', 'destination')).toEqual({ source: '02:00:0a:00:00:01', destination: 'ff:ff:ff:ff:ff:ff' });
    const said = await infos(capture, drawing.frames);
    expect(said[0]).toBe('41022 → 22 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 WS=128');
    expect(said[3]).toBe('Server: Protocol (SSH-2.0-x y=1)');
    expect(said[4]).toBe('41022 → 22 [FIN, ACK] Seq=1 Ack=16 Win=64240 Len=0');
    expect(said[13]).toBe('Destination unreachable (Port unreachable)');
  });

  it('says where a line is not one', () => {
    expect(() => draw('10.0.0.1 to 10.0.0.2')).toThrow('not a drawn packet: 10.0.0.1 to 10.0.0.2');
    expect(() => draw('10.0.0.1:1 > 10.0.0.2:2 X')).toThrow('not a TCP flag: X');
    expect(() => draw('10.0.0.1:1 > 10.0.0.2:2 udp nonsense')).toThrow('not a payload');
  });

  it.skipIf(!hasTshark())('has the protocols that tshark sees (skipped where tshark is missing)', async () => {
    const pcap = draw(DRAWING).pcap();
    expect(column(await readCapture(pcap), 'protocol')).toEqual(tshark(pcap, '-e', '_ws.col.Protocol'));
  });

  it.skipIf(!hasTshark())('has true checksums and lengths, tshark says (skipped where tshark is missing)', async () => {
    const checks = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);
    const statuses = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'].flatMap((name) => ['-e', `${name}.checksum.status`]);
    const pcap = draw(DRAWING).pcap();
    const all = tshark(pcap, ...checks, '-e', 'frame.number', ...statuses);
    expect(all).toHaveLength(column(await readCapture(pcap), 'number').length);
    expect(all.filter((line) => /\t0|,0/.test(line))).toEqual([]);
    const marked = tshark(pcap, '-Y', '_ws.malformed || _ws.expert.severity >= 0x00600000', '-e', 'frame.number', '-e', '_ws.col.Info');
    expect(marked).toEqual([]);
  });
});
