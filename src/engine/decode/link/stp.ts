import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { bits, flag, hexUint, macAddress, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, macAt } from '../tree/writer';

const TYPES: Readonly<Record<number, string>> = {
  0: 'Configuration',
  2: 'Rapid/Multiple Spanning Tree',
  128: 'Topology Change Notification',
};
const VERSIONS = { 0: 'Spanning Tree', 2: 'Rapid Spanning Tree', 3: 'Multiple Spanning Tree', 4: 'Shortest Path Tree' };
const ROLES = { 0: 'Unknown', 1: 'Alternate or Backup', 2: 'Root', 3: 'Designated' };
const YES_NO = { 0: 'No', 1: 'Yes' };
const CONFIGURATION_LENGTH = 35;

const fields = {
  'stp.protocol': hexUint('Protocol Identifier', 2, { 0: 'Spanning Tree Protocol' }),
  'stp.version': uint('Protocol Version Identifier', 1, VERSIONS),
  'stp.type': hexUint('BPDU Type', 1, TYPES),
  'stp.flags': hexUint('BPDU flags', 1),
  'stp.flags.tcack': flag('Topology Change Acknowledgment', 1, 0x80, YES_NO),
  'stp.flags.agreement': flag('Agreement', 1, 0x40, YES_NO),
  'stp.flags.forwarding': flag('Forwarding', 1, 0x20, YES_NO),
  'stp.flags.learning': flag('Learning', 1, 0x10, YES_NO),
  'stp.flags.port_role': bits('Port Role', 1, 0x0c, ROLES),
  'stp.flags.proposal': flag('Proposal', 1, 0x02, YES_NO),
  'stp.flags.tc': flag('Topology Change', 1, 0x01, YES_NO),
  'stp.root.prio': { type: 'uint', title: 'Root Bridge Priority' },
  'stp.root.ext': { type: 'uint', title: 'Root Bridge System ID Extension' },
  'stp.root.hw': macAddress('Root Bridge System ID'),
  'stp.root.cost': uint('Root Path Cost', 4),
  'stp.bridge.prio': { type: 'uint', title: 'Bridge Priority' },
  'stp.bridge.ext': { type: 'uint', title: 'Bridge System ID Extension' },
  'stp.bridge.hw': macAddress('Bridge System ID'),
  'stp.port': hexUint('Port identifier', 2),
  'stp.msg_age': { type: 'float', title: 'Message Age' },
  'stp.max_age': { type: 'float', title: 'Max Age' },
  'stp.hello': { type: 'float', title: 'Hello Time' },
  'stp.forward': { type: 'float', title: 'Forward Delay' },
  'stp.version_1_length': uint('Version 1 Length', 1),
} as const;
const write = fieldWriter(fields);

/** Bridge identifier: four bits of priority, twelve of system id extension, an address. Gives '32768 / 1 / 00:19:...'. */
function bridge(d: Dissection, kind: 'root' | 'bridge', at: number): string {
  const priority = u16(d.bytes, at) & 0xf000;
  const extension = u16(d.bytes, at) & 0x0fff;
  const words = `${priority} / ${extension} / ${macAt(d.bytes, at + 2)}`;
  d.open('', `${kind === 'root' ? 'Root' : 'Bridge'} Identifier: ${words}`, null, at, 8);
  d.add(`stp.${kind}.prio`, `${fields[`stp.${kind}.prio`].title}: ${priority}`, priority, at, 1);
  d.add(`stp.${kind}.ext`, `${fields[`stp.${kind}.ext`].title}: ${extension}`, extension, at, 2);
  write.mac(d, `stp.${kind}.hw`, at + 2);
  d.close();
  return words.replaceAll(' / ', '/');
}

/** Times count 1/256 seconds. */
function seconds(d: Dissection, name: 'stp.msg_age' | 'stp.max_age' | 'stp.hello' | 'stp.forward', at: number): void {
  const value = u16(d.bytes, at) / 256;
  d.add(name, `${fields[name].title}: ${value}`, value, at, 2);
}

/** IEEE 802.1D, 9.3. */
function dissect(d: Dissection, start: number, end: number): void {
  const node = d.open('stp', 'Spanning Tree Protocol', null, start, Math.max(0, end - start));
  const type = u8(d.bytes, start + 3);
  const needed = type === 0 || type === 2 ? CONFIGURATION_LENGTH : 4;
  if (end - start < needed) {
    d.stop('STP', start, `message has ${Math.max(0, end - start)} of ${needed} bytes`);
    return;
  }
  write.uint(d, 'stp.protocol', start);
  const version = write.uint(d, 'stp.version', start + 2);
  write.uint(d, 'stp.type', start + 3);
  if (type === 128) {
    d.info = 'Topology Change Notification';
    node.length = 4;
  } else if (needed === 4) {
    d.info = `Unknown BPDU type (${type})`;
  } else {
    configuration(d, type, start);
    node.length = CONFIGURATION_LENGTH;
    if (version >= 2 && end - start > CONFIGURATION_LENGTH) {
      write.uint(d, 'stp.version_1_length', start + CONFIGURATION_LENGTH);
      node.length++;
    }
  }
  d.close();
}

function configuration(d: Dissection, type: number, start: number): void {
  const flags = u8(d.bytes, start + 4);
  write.uint(d, 'stp.flags', start + 4);
  d.nest();
  write.flag(d, 'stp.flags.tcack', start + 4);
  if (type === 2) {
    write.flags(d, ['stp.flags.agreement', 'stp.flags.forwarding', 'stp.flags.learning'], start + 4);
    write.uint(d, 'stp.flags.port_role', start + 4);
    write.flag(d, 'stp.flags.proposal', start + 4);
  }
  write.flag(d, 'stp.flags.tc', start + 4);
  d.close();
  const root = bridge(d, 'root', start + 5);
  const cost = write.uint(d, 'stp.root.cost', start + 13);
  bridge(d, 'bridge', start + 17);
  const port = write.uint(d, 'stp.port', start + 25);
  seconds(d, 'stp.msg_age', start + 27);
  seconds(d, 'stp.max_age', start + 29);
  seconds(d, 'stp.hello', start + 31);
  seconds(d, 'stp.forward', start + 33);
  d.info = `${type === 2 ? 'RST' : 'Conf'}. ${flags & 1 ? 'TC + ' : ''}Root = ${root}  Cost = ${cost}  Port = ${hexNumber(port, 4)}`;
}

export const stp: Dissector = { name: 'stp', title: 'Spanning Tree Protocol', fields, dissect };
