import { hex, hexNumber } from '../../../shared/base/bytes';
import { byteArray, derivedFlag, hexUint, ipv4Address, macAddress, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, ipv4At } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

/** https://www.iana.org/assignments/arp-parameters */
const HARDWARE = {
  0: 'NET/ROM pseudo',
  1: 'Ethernet',
  2: 'Experimental Ethernet',
  3: 'AX.25',
  6: 'IEEE 802',
  7: 'ARCNET',
  15: 'Frame Relay DLCI',
  16: 'ATM',
  17: 'HDLC',
  18: 'Fibre Channel',
  19: 'ATM',
  20: 'Serial Line',
  24: 'IEEE 1394',
  27: 'EUI-64',
  32: 'InfiniBand',
};
const OPCODES: Readonly<Record<number, string>> = {
  1: 'request',
  2: 'reply',
  3: 'reverse request',
  4: 'reverse reply',
  5: 'drarp request',
  6: 'drarp reply',
  7: 'drarp error',
  8: 'inverse request',
  9: 'inverse reply',
  10: 'arp nak',
};
const IPV4 = 0x0800;

const fields = {
  'arp.hw.type': uint('Hardware type', 2, HARDWARE),
  'arp.proto.type': hexUint('Protocol type', 2, etherTypeNames),
  'arp.hw.size': uint('Hardware size', 1),
  'arp.proto.size': uint('Protocol size', 1),
  'arp.opcode': uint('Opcode', 2, OPCODES),
  'arp.isgratuitous': derivedFlag('Is gratuitous'),
  'arp.isprobe': derivedFlag('Is probe'),
  'arp.isannouncement': derivedFlag('Is announcement'),
  'arp.src.hw': byteArray('Sender hardware address'),
  'arp.src.hw_mac': macAddress('Sender MAC address'),
  'arp.src.proto': byteArray('Sender protocol address'),
  'arp.src.proto_ipv4': ipv4Address('Sender IP address'),
  'arp.dst.hw': byteArray('Target hardware address'),
  'arp.dst.hw_mac': macAddress('Target MAC address'),
  'arp.dst.proto': byteArray('Target protocol address'),
  'arp.dst.proto_ipv4': ipv4Address('Target IP address'),
} as const;
const write = fieldWriter(fields);

interface Addresses {
  readonly senderHardware: string;
  readonly senderProtocol: string;
  readonly targetHardware: string;
  readonly targetProtocol: string;
}

function addresses(d: Dissection, at: number, mac: boolean, hardware: number, ipv4: boolean, protocol: number): Addresses {
  const address = (name: 'src' | 'dst', kind: 'hw' | 'proto', from: number, length: number): string => {
    if (length === 0) return '';
    if (kind === 'hw' && mac) return write.mac(d, `arp.${name}.hw_mac`, from);
    if (kind === 'proto' && ipv4) return write.ipv4(d, `arp.${name}.proto_ipv4`, from);
    write.bytes(d, `arp.${name}.${kind}`, from, length);
    return hex(d.bytes, from, from + length);
  };
  return {
    senderHardware: address('src', 'hw', at, hardware),
    senderProtocol: address('src', 'proto', at + hardware, protocol),
    targetHardware: address('dst', 'hw', at + hardware + protocol, hardware),
    targetProtocol: address('dst', 'proto', at + hardware * 2 + protocol, protocol),
  };
}

const isNull = (address: string): boolean => /^[0:.]*$/.test(address);

function infoOf(opcode: number, a: Addresses, gratuitous: boolean): string {
  const { senderHardware, senderProtocol, targetHardware, targetProtocol } = a;
  switch (opcode) {
    case 1:
      if (gratuitous)
        return isNull(targetHardware) ? `ARP Announcement for ${targetProtocol}` : `Gratuitous ARP for ${targetProtocol} (Request)`;
      return isNull(senderProtocol) && senderProtocol !== ''
        ? `Who has ${targetProtocol}? (ARP Probe)`
        : `Who has ${targetProtocol}? Tell ${senderProtocol}`;
    case 2:
      return gratuitous ? `Gratuitous ARP for ${senderProtocol} (Reply)` : `${senderProtocol} is at ${senderHardware}`;
    case 3:
    case 5:
      return `Who is ${targetHardware}? Tell ${senderHardware}`;
    case 4:
    case 6:
      return `${targetHardware} is at ${targetProtocol}`;
    case 7:
      return 'DRARP Error';
    case 8:
      return `Who is ${targetHardware}? Tell ${senderHardware}`;
    case 9:
      return `${senderHardware} is at ${senderProtocol}`;
    case 10:
      return 'ARP NAK';
    default:
      return `Unknown ARP opcode ${hexNumber(opcode, 4)}`;
  }
}

/** RFC 826, 903, 1931, 2390, 5227. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  d.info = '';
  const node = d.open('arp', 'Address Resolution Protocol', null, start, Math.max(0, end - start));
  if (end - start < 8) {
    d.stop('ARP', start, `header has ${Math.max(0, end - start)} of 8 bytes`);
    return;
  }
  const hardwareType = write.uint(d, 'arp.hw.type', start);
  const protocolType = write.uint(d, 'arp.proto.type', start + 2);
  const hardware = write.uint(d, 'arp.hw.size', start + 4);
  const protocol = write.uint(d, 'arp.proto.size', start + 5);
  const opcode = write.uint(d, 'arp.opcode', start + 6);
  const length = 8 + 2 * (hardware + protocol);
  d.payloadEnd = Math.min(d.payloadEnd, start + length);
  node.length = Math.min(length, end - start);
  const reverse = opcode === 3 || opcode === 4;
  const layer = reverse ? 'Reverse Address Resolution Protocol' : 'Address Resolution Protocol';
  node.label = `${layer} (${OPCODES[opcode] ?? hexNumber(opcode, 4)})`;
  const mac = (hardwareType === 1 || hardwareType === 6) && hardware === 6;
  const ipv4 = protocolType === IPV4 && protocol === 4;
  if (end - start < length) {
    // What is there of the addresses is still worth its sentence.
    if (opcode === 1 && start + 8 + hardware + protocol <= end && ipv4) d.info = partialInfo(d, start, end, hardware);
    d.stop('ARP', start + 8, `addresses have ${end - start - 8} of ${length - 8} bytes`);
    return;
  }
  const sender = bytes.subarray(start + 8 + hardware, start + 8 + hardware + protocol);
  const target = bytes.subarray(start + 8 + 2 * hardware + protocol, start + length);
  const gratuitous = (opcode === 1 || opcode === 2) && protocol > 0 && sender.every((byte, i) => byte === target[i]);
  const targetMacNull = bytes.subarray(start + 8 + hardware + protocol, start + 8 + 2 * hardware + protocol).every((byte) => byte === 0);
  if (gratuitous) {
    write.derived(d, 'arp.isgratuitous', true, 'True');
    if (opcode === 1 && targetMacNull) write.derived(d, 'arp.isannouncement', true, 'True');
  } else if (opcode === 1 && ipv4 && sender.every((byte) => byte === 0)) {
    write.derived(d, 'arp.isprobe', true, 'True');
  }
  const a = addresses(d, start + 8, mac, hardware, ipv4, protocol);
  d.info = infoOf(opcode, a, gratuitous);
  d.close();
}

const partialInfo = (d: Dissection, start: number, end: number, hardware: number): string => {
  const target = start + 8 + 2 * hardware + 4;
  const sender = ipv4At(d.bytes, start + 8 + hardware);
  return target + 4 <= end ? `Who has ${ipv4At(d.bytes, target)}? Tell ${sender}` : '';
};

export const arp: Dissector = { name: 'arp', title: 'Address Resolution Protocol', fields, dissect };
