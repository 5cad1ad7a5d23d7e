import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dissectUnguarded } from '../../src/engine/decode/tree/dissect-frame';
import type { Field, FieldDefinition } from '../../src/engine/decode/tree/field';
import { frameFields } from '../../src/engine/decode/tree/frame';
import { layerDissectors } from '../../src/engine/decode/tree/registry';
import { openCaptureFile } from '../../src/engine/sources/open';
import { contextFromTshark, hasTshark, type TsharkPacket, tsharkPackets } from '../builders/tshark';

const root = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');
const PACKETS = 60;
const captures = [
  'protocols/arp-resolution.pcapng',
  'protocols/dhcpv6.pcap',
  'protocols/http-get.pcap',
  'protocols/icmp-traceroute.pcapng',
  'protocols/icmpv6-router-advert.pcap',
  'protocols/igmp.pcap',
  'protocols/ipv4-fragments-udp.pcap',
  'protocols/ipv6-authentication-header.pcap',
  'protocols/ipv6-fragmented-dns.pcap',
  'protocols/ipv6-hop-by-hop-routing.pcap',
  'protocols/lldp-and-cdp.pcap',
  'protocols/pppoe-session.pcap',
  'protocols/rstp-bpdus.pcap',
  'protocols/sctp-session.pcap',
  'protocols/tcp-fast-open.pcap',
  'protocols/tcp-fast-retransmit.pcap',
  'protocols/tcp-zero-window-recovery.pcapng',
  'protocols/tunnel-erspan2.pcap',
  'protocols/tunnel-gre.pcap',
  'protocols/tunnel-gtp-u.pcap',
  'protocols/tunnel-vxlan.pcap',
  'protocols/vlan-8021ad-qinq.pcap',
  'linktypes/cisco-hdlc.pcap',
  'linktypes/ieee80211-no-radiotap.pcap',
  'linktypes/ieee80211-radiotap.pcap',
  'linktypes/linux-sll-http.pcap',
  'linktypes/linux-sll2.pcap',
  'linktypes/nflog.pcap',
  'linktypes/null-loopback-tcp.pcap',
  'linktypes/ppp-mpls-traceroute.pcap',
].map((name) => join(root, name));
const missing = !hasTshark() ? 'tshark is not installed' : captures.some((path) => !existsSync(path)) ? `captures are not in ${root}` : '';

/** Protocol column of packets whose Info text is made below the applications. */
const LOWER = /^(TCP|UDP|ARP|ICMP|ICMPv6|IGMPv\d|IPv[46]|802\.11|SCTP|STP|LLDP|CDP|OSPF|SLARP|PPP .*|PPPoED|GTP <ICMP>)$/;

const definitions = new Map<string, FieldDefinition>([
  ...Object.entries(frameFields),
  ...layerDissectors.filter(({ name }) => name !== 'data').flatMap(({ fields }) => Object.entries(fields)),
]);
/**
 * Not compared: the protocol list (tshark goes on into the applications, which take no part here), and the factor of a window, where tshark
 * tells "no scaling" from "a factor of one".
 */
for (const name of ['frame.protocols', 'tcp.window_size_scalefactor']) definitions.delete(name);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** tshark shows numbers in their own base, times of two kinds as dates, and bytes with colons. */
function equals({ type }: FieldDefinition, value: Field['value'], theirs: TsharkPacket['fields'][number]): boolean {
  if (value instanceof Uint8Array) return hex(value) === theirs.value || hex(value) === theirs.show.replaceAll(':', '');
  if (type === 'bool') return theirs.show === (value ? '1' : '0') || theirs.show === (value ? 'True' : 'False');
  if (type === 'time') return Number.isNaN(Number(theirs.show)) || Math.abs(Number(theirs.show) - Number(value)) < 1e-5;
  if (type === 'float') return Math.abs(Number(theirs.show) - Number(value)) < 1e-6;
  if (typeof value === 'bigint') return BigInt(theirs.show) === value;
  if (typeof value === 'number') return Number(theirs.show) === value;
  return theirs.show === String(value);
}

/** Of replies, the request's number; of requests, the reply's; how often an acknowledgement was repeated: facts about other packets. */
const ownFacts = (info: string): string =>
  info
    .replace(/ \((request|reply) in \d+\)| \(no response found!\)| \(duplicate use of .* detected!\)/g, '')
    .replace(/Dup ACK \d+#\d+/, 'Dup ACK')
    .replace('[TCP ACKed unseen segment] ', '')
    .trim();

async function framesOf(path: string): Promise<{ bytes: Uint8Array; linkType: number }[]> {
  const source = await openCaptureFile(path);
  if (!source.ok) throw new Error(source.problem.sentence);
  const frames = [];
  for (
    let batch = await source.value.nextBatch(PACKETS, 1000);
    batch !== null && frames.length < PACKETS;
    batch = await source.value.nextBatch(PACKETS, 1000)
  ) {
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i] ?? 0;
      frames.push({ bytes: batch.bytes.slice(start, start + (batch.capturedLength[i] ?? 0)), linkType: batch.linkType[i] ?? 0 });
    }
  }
  await source.value.close();
  return frames.slice(0, PACKETS);
}

function grouped<T extends { readonly name: string }>(fields: Iterable<T>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const field of fields) groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
  return groups;
}

function* flat(fields: readonly Field[]): Generator<Field> {
  for (const field of fields) {
    yield field;
    yield* flat(field.children);
  }
}

describe.skipIf(missing !== '')(`trees of real packets${missing === '' ? '' : ` (skipped: ${missing})`}`, () => {
  it('have the field values and the Info text that tshark shows', { timeout: 120_000 }, async () => {
    const names = new Map<string, { compared: number; equal: number; example: string }>();
    const wrongInfo: string[] = [];
    let infos = 0;
    for (const path of captures) {
      const frames = await framesOf(path);
      const truth = (await tsharkPackets(path, PACKETS)).filter(({ protocol }) => protocol !== 'PCAPNG');
      expect(truth).toHaveLength(frames.length);
      for (const [i, packet] of truth.entries()) {
        const { bytes, linkType } = frames[i] ?? { bytes: new Uint8Array(), linkType: 0 };
        const d = dissectUnguarded(bytes, contextFromTshark(packet, linkType, new Set()));
        const theirs = grouped(packet.fields);
        for (const [name, ours] of grouped(flat(d.root))) {
          const definition = definitions.get(name);
          const shown = theirs.get(name);
          if (definition === undefined || shown === undefined) continue;
          const entry = names.get(name) ?? { compared: 0, equal: 0, example: '' };
          const without = ours.every(({ value }) => value === null);
          const equal =
            without ||
            (shown.length === ours.length &&
              ours.every((field, k) => equals(definition, field.value, shown[k] ?? { name, show: '', value: '' })));
          entry.compared++;
          if (equal) entry.equal++;
          else
            entry.example ||= `${path} packet ${i + 1}: ${ours.map(({ value }) => value).join(', ')} is ${shown.map(({ show }) => show).join(', ')} in tshark`;
          names.set(name, entry);
        }
        if (!LOWER.test(packet.protocol)) continue;
        infos++;
        if (ownFacts(d.info) !== ownFacts(packet.info))
          wrongInfo.push(`${path} packet ${i + 1}: '${d.info}' is '${packet.info}' in tshark`);
      }
    }
    const wrong = [...names]
      .filter(([, { compared, equal }]) => equal < compared * 0.98)
      .map(([name, { compared, equal, example }]) => `${name} ${equal}/${compared}: ${example}`);
    expect(wrong).toEqual([]);
    expect(names.size).toBeGreaterThan(400);
    expect(infos).toBeGreaterThan(600);
    expect(wrongInfo.length, wrongInfo.slice(0, 20).join('\n')).toBeLessThan(infos * 0.05);
  });
});
