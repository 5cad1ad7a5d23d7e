import { describe, expect, it } from 'vitest';
import { uint } from '../../../../../src/engine/decode/tree/definitions';
import { dissectFrame } from '../../../../../src/engine/decode/tree/dissect-frame';
import { Dissection } from '../../../../../src/engine/decode/tree/dissection';
import { fieldAliases, allFields as knownFields, protocolFilterNames } from '../../../../../src/engine/decode/tree/fields';
import { fieldWriter, numberWords, oneLine } from '../../../../../src/engine/decode/tree/writer';
import { LinkType } from '../../../../../src/shared/model/link-types';
import { ethernet, ipv4, join, udp } from '../../../../builders/layers';
import { packetContext } from '../../../../builders/packet-context';
import { wire } from '../../../../builders/wire';
import { dissect, labels, text, values } from './tree-of';

const frame = ethernet({ payload: ipv4({ payload: udp({ payload: 'hello' }) }) });

describe('the frame node', () => {
  it('holds time, lengths, interface and protocols', () => {
    const d = dissect(frame, { number: 7, length: 90, interfaceName: 'eth0', secondsSincePrevious: 0.5, secondsSinceFirst: 2 });
    expect(text(d, 'frame')).toEqual([
      'Frame 7: 90 bytes (720 bits) on wire, 47 bytes (376 bits) captured on interface eth0',
      '  Interface name: eth0',
      '  Encapsulation type: Ethernet (1)',
      '  Arrival Time: Nov 14, 2023 22:13:20.123456789 UTC',
      '  Epoch Time: 1700000000.123456789 seconds',
      '  [Time delta from previous captured frame: 0.500000000 seconds]',
      '  [Time since reference or first frame: 2.000000000 seconds]',
      '  Frame Number: 7',
      '  Frame Length: 90 bytes (720 bits)',
      '  Capture Length: 47 bytes (376 bits)',
      '  [Protocols in frame: eth:ethertype:ip:udp:data]',
    ]);
  });

  it('survives times that no calendar knows', () => {
    expect(labels(dissect(frame, { epochSecond: 1e15 }), 'frame.time')).toEqual(['Arrival Time: 1000000000000000']);
  });
});

describe('what cannot be dissected', () => {
  it('is data, with the reason in Info, for an unknown link type', () => {
    const d = dissect(wire('01 02 03'), { linkType: LinkType.Dbus });
    expect(d.info).toBe('No dissector for link type 231 (D-Bus)');
    expect(labels(d, 'data')).toEqual(['Data (3 bytes)']);
  });

  it('ends with a node that says where and why, behind the layers that are good', () => {
    const d = dissect(ethernet({ payload: ipv4({ protocol: 17, payload: wire('c350 c351 00') }) }));
    expect(values(d, 'ip.src')).toEqual(['10.0.0.1']);
    expect(values(d, 'udp.srcport')).toEqual([50000]);
    expect(d.malformed).toEqual({ layer: 'UDP', offset: 34, reason: 'header has 5 of 8 bytes' });
    expect(labels(d, '_ws.malformed')).toEqual(['[Malformed Packet: UDP: header has 5 of 8 bytes at byte 34]']);
    expect(d.info).toBe('50000 → 50001[Malformed Packet]');
  });

  it('is no malformed packet where the capture was cut short', () => {
    const d = dissect(frame.slice(0, 38), { length: frame.length });
    expect(d.info).toBe('50000 → 50001[Packet size limited during capture]');
    expect(labels(d, '_ws.short')).toHaveLength(1);
  });

  it('is a node in the guarded door, where a dissector breaks its rule and throws', () => {
    class Broken extends Uint8Array {
      override subarray(): never {
        throw new Error('out of order');
      }
    }
    const broken = new Broken(frame);
    expect(() => dissect(broken)).toThrow('out of order');
    const d = dissectFrame(broken, packetContext(broken));
    expect(values(d, 'frame.number')).toEqual([1]);
    expect(d.malformed).toEqual({ layer: 'ip', offset: 0, reason: 'the dissector failed: out of order' });
  });

  it('is one node where tunnels nest without end', () => {
    let packet = ipv4({ payload: 'x' });
    for (let i = 0; i < 100; i++) packet = ipv4({ payload: packet });
    const d = dissect(ethernet({ payload: packet }));
    expect(values(d, 'ip.src')).toHaveLength(39);
    expect(d.root.at(-1)?.label).toBe('[More than 40 layers: the rest is not dissected]');
  });
});

describe('a datagram that this fragment completes', () => {
  it('is dissected from a source of its own', () => {
    const datagram = udp({ sourcePort: 1000, destinationPort: 2000, payload: 'whole' }).bytes;
    const fragment = ethernet({ payload: ipv4({ protocol: 17, fragmentOffset: 8, payload: datagram.slice(8) }) });
    const d = dissect(fragment, { reassembledDatagram: datagram });
    expect(d.sources.map(({ title }) => title)).toEqual(['Frame', 'Reassembled IPv4']);
    expect(d.info).toBe('1000 → 2000 Len=5');
    const port = d.root.find(({ name }) => name === 'udp')?.children[0];
    expect(port).toMatchObject({ name: 'udp.srcport', source: 1, start: 0, length: 2 });
  });

  it('is waited for by the others', () => {
    const fragment = ethernet({ payload: ipv4({ protocol: 17, id: 0xbeef, moreFragments: true, payload: 'part' }) });
    expect(dissect(fragment).info).toBe('Fragmented IP protocol (proto=UDP 17, off=0, ID=beef)');
  });
});

describe('an application message', () => {
  const query = wire("1234 0100 0001 0000 0000 0000 | 07 'example' 03 'com' 00 | 0001 0001");

  it('goes to the protocol that the first tier named', () => {
    const d = dissect(ethernet({ payload: ipv4({ payload: udp({ destinationPort: 53, payload: query }) }) }), {
      application: 'dns',
      protocol: 'DNS',
    });
    expect(values(d, 'dns.qry.name')).toEqual(['example.com']);
  });

  it('is data where nothing named one', () => {
    const d = dissect(ethernet({ payload: ipv4({ payload: udp({ destinationPort: 53, payload: query }) }) }));
    expect(values(d, 'data.len')).toEqual([query.length]);
  });
});

describe('the field table', () => {
  it('has a definition for every target of an alias', () => {
    for (const targets of Object.values(fieldAliases)) for (const target of targets) expect([...knownFields().keys()]).toContain(target);
  });

  it('names the protocols', () => {
    expect([...protocolFilterNames]).toEqual(
      expect.arrayContaining(['frame', 'eth', 'ip', 'ipv6', 'tcp', 'udp', 'arp', 'icmp', 'wlan', 'sctp', 'data']),
    );
  });
});

describe('the writer of fields', () => {
  const table = {
    'test.bits': uint('Bits', 2, { 5: 'Five' }, { mask: 0x0ff0 }),
    'test.little': uint('Little', 4, undefined, { littleEndian: true, unit: ' bytes' }),
    'test.big': uint('Big', 8),
  };
  const write = fieldWriter(table);
  const into = (bytes: Uint8Array): Dissection => new Dissection(bytes, packetContext(bytes));

  it('shifts masked bits and shows where they stand', () => {
    const d = into(wire('f05f'));
    expect(write.uint(d, 'test.bits', 0)).toBe(5);
    expect(labels(d, 'test.bits')).toEqual(['.... 0000 0101 .... = Bits: Five (5)']);
  });

  it('reads little-endian numbers and writes units', () => {
    const d = into(wire('01000080'));
    expect(write.uint(d, 'test.little', 0)).toBe(0x80000001);
    expect(labels(d, 'test.little')).toEqual(['Little: 2147483649 bytes']);
  });

  it('keeps numbers beyond 2^53 exact', () => {
    const d = into(wire('ff*8 00*7 09'));
    write.uint64(d, 'test.big', 0);
    write.uint64(d, 'test.big', 8);
    expect(values(d, 'test.big')).toEqual([0xffffffffffffffffn, 9]);
  });

  it('writes hexadecimal numbers as wide as their field', () => {
    expect(numberWords({ ...uint('', 2), base: 'hex' }, 0x86)).toBe('0x0086');
    expect(numberWords({ ...uint('', 2), base: 'hexdec' }, 255)).toBe('0x00ff (255)');
  });

  it('keeps labels on one line whatever the bytes are', () => {
    expect(oneLine('a\r\n\tb\u0000\u202e\u2028c')).toBe('a\\r\\n\\tb\\x00\\x202e\\x2028c');
  });

  it('stops adding where a packet claims too many fields', () => {
    const d = into(join(new Uint8Array(4)));
    for (let i = 0; i < 30_000; i++) write.uint(d, 'test.little', 0);
    expect(d.full).toBe(true);
    expect(d.root).toHaveLength(20_001);
    expect(d.root.at(-1)?.label).toBe('More than 20,000 fields: the rest is not shown');
  });
});
