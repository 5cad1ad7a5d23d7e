import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const version1 = protocolNames.id('HSRP');
const version2 = protocolNames.id('HSRPv2');
const GROUP_STATE = 1;
const opcodes: Readonly<Record<number, string>> = { 0: 'Hello', 1: 'Coup', 2: 'Resign', 3: 'Advertise' };
const states1: Readonly<Record<number, string>> = { 0: 'Initial', 1: 'Learn', 2: 'Listen', 4: 'Speak', 8: 'Standby', 16: 'Active' };
const states2: Readonly<Record<number, string>> = {
  0: 'Disabled',
  1: 'Init',
  2: 'Learn',
  3: 'Listen',
  4: 'Speak',
  5: 'Standby',
  6: 'Active',
};
const types2: Readonly<Record<number, string>> = {
  1: 'Group State TLV',
  2: 'Interface State TLV',
  3: 'Text Authentication TLV',
  4: 'MD5 Authentication TLV',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, hsrp, start, end);
  say(d, u8(layer.bytes, start) === 0 ? first(layer) : second(layer));
  layer.finish();
}

function first(layer: Layer): string {
  layer.uint('hsrp.version', 1);
  const opcode = layer.uint('hsrp.opcode', 1, opcodes);
  const state = layer.uint('hsrp.state', 1, states1);
  if (opcode !== 3) {
    layer.uint('hsrp.hellotime', 1);
    layer.uint('hsrp.holdtime', 1);
    layer.uint('hsrp.priority', 1);
    layer.uint('hsrp.group', 1);
    layer.take(1);
    layer.text('hsrp.auth_data', 8);
    layer.ipv4('hsrp.virt_ip');
  }
  return `${opcodes[opcode] ?? 'Unknown'}${opcode === 3 ? '' : ` (state ${states1[state] ?? 'Unknown'})`}`;
}

function second(layer: Layer): string {
  let info = '';
  while (layer.more && layer.left >= 2) {
    const type = u8(layer.bytes, layer.at);
    const length = u8(layer.bytes, layer.at + 1);
    const node = layer.open('', types2[type] ?? `TLV type ${type}`, Math.min(layer.left, length + 2));
    layer.take(2);
    const stop = layer.at + length;
    if (type === GROUP_STATE && length >= 40 && layer.left >= 40) {
      layer.uint('hsrp2.version', 1);
      const opcode = layer.uint('hsrp2.opcode', 1, opcodes);
      const state = layer.uint('hsrp2.state', 1, states2);
      layer.uint('hsrp2.ipversion', 1);
      layer.uint('hsrp2.group', 2);
      layer.ether('hsrp2.identifier');
      layer.uint('hsrp2.priority', 4);
      layer.uint('hsrp2.hellotime', 4);
      layer.uint('hsrp2.holdtime', 4);
      layer.ipv4('hsrp2.virt_ip');
      info = `${opcodes[opcode] ?? 'Unknown'} (state ${states2[state] ?? 'Unknown'})`;
    }
    if (layer.at < stop) layer.rest('Data', Math.min(layer.left, stop - layer.at));
    layer.close(node);
  }
  return info;
}

/** RFC 2281; version 2 as Cisco documents it. */
export const hsrp: ApplicationProtocol = {
  name: 'hsrp',
  title: 'Cisco Hot Standby Router Protocol',
  udpPorts: [1985],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = u8(bytes, start) === 0 ? version1 : version2;
    return end - start >= 3;
  },
  fields: fieldList(
    'hsrp',
    'Cisco Hot Standby Router Protocol',
    `.version uint Version
    .opcode uint Op Code
    .state uint State
    .hellotime uint Hellotime
    .holdtime uint Holdtime
    .priority uint Priority
    .group uint Group
    .auth_data string Authentication Data
    .virt_ip ipv4 Virtual IP Address
    hsrp2.version uint Version
    hsrp2.opcode uint Op Code
    hsrp2.state uint State
    hsrp2.ipversion uint IP Ver.
    hsrp2.group uint Group
    hsrp2.identifier ether Identifier
    hsrp2.priority uint Priority
    hsrp2.hellotime uint Hellotime
    hsrp2.holdtime uint Holdtime
    hsrp2.virt_ip ipv4 Virtual IP Address`,
  ),
  dissect,
};
