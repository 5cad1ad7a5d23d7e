import type { Dissection } from '../../tree/dissection';
import { lineEnd, startsWith, textEnd, u8, u32 } from '../bytes';
import { Layer, portsOf, readable, say, utf8 } from '../layer';
import { sshFields } from './ssh-fields';
import { dissectKexInit } from './ssh-kexinit';
import { Message, plainMessage } from './ssh-packet';

const owner = { name: 'ssh', title: 'SSH Protocol', fields: sshFields };

const transportMessages: Readonly<Record<number, string>> = {
  1: 'Disconnect',
  2: 'Ignore',
  3: 'Unimplemented',
  4: 'Debug',
  20: 'Key Exchange Init',
  21: 'New Keys',
};

export function dissectSsh(d: Dissection, start: number, end: number): void {
  const ports = portsOf(d);
  const fromServer = ports.source === 22 || (ports.destination !== 22 && ports.source < ports.destination);
  const layer = new Layer(d, owner, start, end);
  const said: string[] = [];
  while (layer.more) {
    if (startsWith(layer.bytes, layer.at, end, 'SSH-')) said.push(banner(layer));
    else {
      const code = plainMessage(layer.bytes, layer.at, end);
      if (code === 0) {
        said.push(`Encrypted packet (len=${layer.left})`);
        layer.data('ssh.encrypted_packet', layer.left);
      } else if (layer.at + 4 + u32(layer.bytes, layer.at) > end && said.length > 0) break;
      else said.push(plainPacket(layer, code, fromServer));
    }
  }
  if (!layer.failed) layer.derived('ssh.direction', fromServer, fromServer ? 'server-to-client' : 'client-to-server');
  layer.finish();
  say(d, `${fromServer ? 'Server' : 'Client'}: ${said.join(', ')}`);
}

function banner(layer: Layer): string {
  const { at, end, bytes } = layer;
  const next = lineEnd(bytes, at, end);
  const stop = next < 0 ? end : next;
  const text = utf8(bytes, at, textEnd(bytes, at, stop));
  layer.add('ssh.protocol', text, readable(text), at, stop - at);
  layer.take(stop - at);
  return `Protocol (${readable(text)})`;
}

function plainPacket(layer: Layer, code: number, fromServer: boolean): string {
  const packet = layer.open('', 'SSH Version 2');
  layer.uint('ssh.packet_length', 4);
  const length = u32(layer.bytes, layer.at - 4);
  const outerEnd = layer.end;
  layer.end = Math.min(outerEnd, layer.at + length);
  const padding = layer.uint('ssh.padding_length', 1);
  const payloadEnd = layer.at + length - 1 - padding;
  const name = messageName(layer, code, payloadEnd, fromServer);
  const isKeyExchange = code >= Message.KexInit;
  const group = layer.open('', isKeyExchange ? 'Key Exchange' : 'Message');
  layer.uint('ssh.message_code', 1, () => name);
  messageBody(layer, code, name, payloadEnd, fromServer);
  if (layer.at < payloadEnd) layer.data('ssh.payload', payloadEnd - layer.at);
  layer.close(group);
  layer.data('ssh.padding_string', padding);
  layer.close(packet);
  layer.end = outerEnd;
  return name;
}

/** Numbers 30 to 34 mean different messages for each key exchange method; the shape of the first part tells them apart. */
function messageName(layer: Layer, code: number, payloadEnd: number, fromServer: boolean): string {
  const at = layer.at + 1;
  const first = u32(layer.bytes, at);
  switch (code) {
    case Message.Kex30:
      if (payloadEnd - at === 4) return 'Diffie-Hellman Group Exchange Request (Old)';
      return isDhLength(first) ? 'Diffie-Hellman Key Exchange Init' : 'Elliptic Curve Diffie-Hellman Key Exchange Init';
    case Message.Kex31: {
      if (!fromServer || !hasKeyType(layer.bytes, at + 4, at + 4 + first)) return 'Diffie-Hellman Group Exchange Group';
      return isDhLength(u32(layer.bytes, at + 4 + first))
        ? 'Diffie-Hellman Key Exchange Reply'
        : 'Elliptic Curve Diffie-Hellman Key Exchange Reply';
    }
    case Message.GexInit:
      return 'Diffie-Hellman Group Exchange Init';
    case Message.GexReply:
      return 'Diffie-Hellman Group Exchange Reply';
    case Message.GexRequest:
      return 'Diffie-Hellman Group Exchange Request';
    default:
      return transportMessages[code] ?? `Unknown (${code})`;
  }
}

/** Public values of the usual groups have their modulus' 1,024 to 8,192 bits; elliptic curve and hybrid keys have other lengths. */
const isDhLength = (length: number): boolean =>
  length >= 120 && [128, 192, 256, 384, 512, 768, 1024].some((size) => length > size - 4 && length <= size + 1);

function hasKeyType(bytes: Uint8Array, at: number, end: number): boolean {
  const length = u32(bytes, at);
  if (length < 3 || length > 64 || at + 4 + length > end) return false;
  for (let i = at + 4; i < at + 4 + length; i++) if (u8(bytes, i) < 0x21 || u8(bytes, i) > 0x7e) return false;
  return true;
}

function messageBody(layer: Layer, code: number, name: string, payloadEnd: number, fromServer: boolean): void {
  switch (code) {
    case Message.KexInit:
      dissectKexInit(layer, fromServer);
      break;
    case Message.Kex30:
      if (name.endsWith('(Old)')) layer.uint('ssh.dh_gex.nbits', 4);
      else if (name.startsWith('Elliptic')) sized(layer, 'ssh.ecdh.q_c_length', 'ssh.ecdh.q_c');
      else sized(layer, 'ssh.mpint_length', 'ssh.dh.e');
      break;
    case Message.Kex31:
      if (name.endsWith('Group')) {
        sized(layer, 'ssh.mpint_length', 'ssh.dh_gex.p');
        sized(layer, 'ssh.mpint_length', 'ssh.dh_gex.g');
        break;
      }
      hostBlob(layer, 'host_key', 'KEX host key');
      if (name.startsWith('Elliptic')) sized(layer, 'ssh.ecdh.q_s_length', 'ssh.ecdh.q_s');
      else sized(layer, 'ssh.mpint_length', 'ssh.dh.f');
      hostBlob(layer, 'host_sig', 'KEX host signature');
      break;
    case Message.GexInit:
      sized(layer, 'ssh.mpint_length', 'ssh.dh.e');
      break;
    case Message.GexReply:
      hostBlob(layer, 'host_key', 'KEX host key');
      sized(layer, 'ssh.mpint_length', 'ssh.dh.f');
      hostBlob(layer, 'host_sig', 'KEX host signature');
      break;
    case Message.GexRequest:
      layer.uint('ssh.dh_gex.min', 4);
      layer.uint('ssh.dh_gex.nbits', 4);
      layer.uint('ssh.dh_gex.max', 4);
      break;
    case 1:
      layer.uint('ssh.disconnect_reason', 4);
      layer.text('ssh.disconnect_description', layer.uint('ssh.disconnect_description_length', 4));
      break;
    default:
      if (layer.at < payloadEnd) layer.data('ssh.payload', payloadEnd - layer.at);
  }
}

function sized(layer: Layer, lengthName: string, name: string): void {
  layer.data(name, layer.uint(lengthName, 4));
}

/** A host key or signature: a string that holds its type and the type's data. */
function hostBlob(layer: Layer, kind: 'host_key' | 'host_sig', label: string): void {
  const node = layer.open('', label);
  const length = layer.uint(`ssh.${kind}.length`, 4);
  const end = layer.at + length;
  const type = layer.text(`ssh.${kind}.type`, layer.uint(`ssh.${kind}.type_length`, 4));
  if (!layer.failed) node.label = `${label} (type: ${readable(type)})`;
  layer.data(`ssh.${kind}.data`, end - layer.at);
  layer.close(node);
}
