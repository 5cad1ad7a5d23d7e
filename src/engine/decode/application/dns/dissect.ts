import type { Dissection } from '../../tree/dissection';
import { oneLine } from '../../tree/writer';
import { u16 } from '../bytes';
import { type LayerOwner, readable } from '../layer';
import { optRecord } from './edns';
import { dnsFields } from './fields';
import { DnsLayer } from './message';
import { CLASSES, OPCODES, RCODES, typeName, typeWords } from './names';
import { recordData } from './record-data';

/** Info names so many records; a zone transfer would have thousands. */
const MAX_INFO = 1000;
const TYPE_OPT = 41;

const DNS: LayerOwner = { name: 'dns', title: 'Domain Name System', fields: dnsFields };
const MDNS: LayerOwner = { name: 'mdns', title: 'Multicast Domain Name System', fields: dnsFields };
const LLMNR: LayerOwner = { name: 'llmnr', title: 'Link-local Multicast Name Resolution', fields: dnsFields };

/** Over TCP each message has its length before it, and a segment may have several. */
export function dissectDns(d: Dissection, start: number, end: number): void {
  if (!isOverTcp(d)) return message(d, DNS, start, end, 0);
  let info = '';
  for (let at = start; at < end && !d.full && d.malformed === null; ) {
    const next = Math.min(end, at + 2 + u16(d.bytes, at));
    message(d, DNS, at, next, 2);
    info = info === '' ? d.info : `${info} ; ${d.info}`.slice(0, MAX_INFO);
    d.info = info;
    at = next;
  }
}

export const dissectMdns = (d: Dissection, start: number, end: number): void => message(d, MDNS, start, end, 0);
export const dissectLlmnr = (d: Dissection, start: number, end: number): void => message(d, LLMNR, start, end, 0);

function isOverTcp(d: Dissection): boolean {
  for (let i = d.root.length - 1; i >= 0; i--) {
    const name = d.root[i]?.name;
    if (name === 'tcp' || name === 'udp') return name === 'tcp';
  }
  return false;
}

function message(d: Dissection, owner: LayerOwner, start: number, end: number, prefix: number): void {
  const kind = (u16(d.bytes, start + prefix + 2) & 0x8000) !== 0 ? 'response' : 'query';
  const layer = new DnsLayer(d, owner, start, end, `${owner.title} (${kind})`);
  if (prefix > 0) layer.uint('dns.length', 2);
  layer.messageStart = layer.at;
  const id = layer.hex('dns.id', 2);
  const flags = flagFields(layer, owner);
  const questions = layer.uint('dns.count.queries', 2);
  const answers = layer.uint('dns.count.answers', 2);
  const authorities = layer.uint('dns.count.auth_rr', 2);
  const additional = layer.uint('dns.count.add_rr', 2);
  const rcode = flags & 15;
  const operation = OPCODES[(flags >> 11) & 15] ?? `Unknown operation (${(flags >> 11) & 15})`;
  const isResponse = (flags & 0x8000) !== 0;
  const words = [`${operation}${isResponse ? ' response' : ''} 0x${id.toString(16).padStart(4, '0')}`];
  if (isResponse && rcode !== 0) words.push(RCODES[rcode] ?? `Unknown error (${rcode})`);
  if (questions > 0) section(layer, 'Queries', questions, () => question(layer, owner, words));
  if (answers > 0) section(layer, 'Answers', answers, () => record(layer, owner, words));
  if (authorities > 0) section(layer, 'Authoritative nameservers', authorities, () => record(layer, owner, words));
  if (additional > 0) section(layer, 'Additional records', additional, () => record(layer, owner, words));
  layer.finish();
  d.info = oneLine(words.join(' ').slice(0, MAX_INFO));
}

function section(layer: DnsLayer, title: string, count: number, read: () => void): void {
  if (!layer.more) return;
  const node = layer.open('', title);
  for (let i = 0; i < count && layer.more; i++) read();
  layer.close(node);
}

function flagFields(layer: DnsLayer, owner: LayerOwner): number {
  const at = layer.take(2);
  if (at < 0) return 0;
  const flags = u16(layer.bytes, at);
  const isResponse = (flags & 0x8000) !== 0;
  const rcode = RCODES[flags & 15] ?? 'Unknown';
  const operation = OPCODES[(flags >> 11) & 15] ?? 'Unknown operation';
  const words = `${operation}${isResponse ? ` response, ${rcode}` : ''}`;
  const node = layer.d.open('dns.flags', `Flags: 0x${flags.toString(16).padStart(4, '0')} ${words}`, flags, at, 2);
  layer.bits('dns.flags.response', flags, 2, 0x8000, { 0: 'Message is a query', 1: 'Message is a response' });
  layer.bits('dns.flags.opcode', flags, 2, 0x7800, OPCODES);
  if (owner === LLMNR) layer.bits('dns.flags.conflict', flags, 2, 0x0400);
  else if (isResponse) layer.bits('dns.flags.authoritative', flags, 2, 0x0400);
  layer.bits('dns.flags.truncated', flags, 2, 0x0200);
  if (owner === LLMNR) layer.bits('dns.flags.tentative', flags, 2, 0x0100);
  else layer.bits('dns.flags.recdesired', flags, 2, 0x0100);
  if (owner !== LLMNR) {
    if (isResponse) layer.bits('dns.flags.recavail', flags, 2, 0x0080);
    layer.bits('dns.flags.z', flags, 2, 0x0040);
    if (isResponse) layer.bits('dns.flags.authenticated', flags, 2, 0x0020);
    layer.bits('dns.flags.checkdisable', flags, 2, 0x0010);
  }
  if (isResponse) layer.bits('dns.flags.rcode', flags, 2, 0x000f, RCODES);
  layer.close(node);
  return flags;
}

/** mDNS took the top bit of the class (RFC 6762, 5.4 and 10.2). */
function classField(layer: DnsLayer, owner: LayerOwner, field: string, bitField: string): readonly [string, boolean] {
  const at = layer.take(2);
  if (at < 0) return ['', false];
  const raw = u16(layer.bytes, at);
  const value = owner === MDNS ? raw & 0x7fff : raw;
  const name = CLASSES[value] ?? 'Unknown';
  layer.add(field, value, `${name} (0x${value.toString(16).padStart(4, '0')})`, at, 2);
  if (owner !== MDNS) return [name, false];
  layer.bits(bitField, raw, 2, 0x8000, { 0: 'False', 1: 'True' });
  return [name, (raw & 0x8000) !== 0];
}

function question(layer: DnsLayer, owner: LayerOwner, words: string[]): void {
  const node = layer.open('', '');
  const start = layer.at;
  const name = layer.name('dns.qry.name');
  if (!layer.failed) {
    layer.d.add('dns.qry.name.len', `[Name Length: ${name.length}]`, name.length, start, layer.at - start);
    const labels = name === '<Root>' ? 0 : name.split('.').length;
    layer.d.add('dns.count.labels', `[Label Count: ${labels}]`, labels, start, layer.at - start);
  }
  const type = layer.uint('dns.qry.type', 2, typeWords);
  const [className, unicast] = classField(layer, owner, 'dns.qry.class', 'dns.qry.qu');
  const mode = owner === MDNS ? `, "${unicast ? 'QU' : 'QM'}" question` : '';
  node.label = readable(`${name}: type ${typeName(type)}, class ${className}${mode}`);
  layer.close(node);
  if (!layer.failed) words.push(`${typeName(type)} ${name}${mode}`);
}

function record(layer: DnsLayer, owner: LayerOwner, words: string[]): void {
  const node = layer.open('', '');
  const name = layer.name('dns.resp.name');
  const type = layer.uint('dns.resp.type', 2, typeWords);
  if (type === TYPE_OPT) {
    node.label = `${name}: type OPT`;
    optRecord(layer);
    if (!layer.failed) words.push('OPT');
    layer.close(node);
    return;
  }
  const [className, flush] = classField(layer, owner, 'dns.resp.class', 'dns.resp.cache_flush');
  layer.uint('dns.resp.ttl', 4);
  const length = layer.uint('dns.resp.len', 2);
  const end = layer.at + length;
  let info = '';
  let label = '';
  if (!layer.failed && length > 0) {
    if (end > layer.end) layer.take(length);
    else {
      [info, label] = recordData(layer, type, end);
      // Data that ends early or late does not move the records after it.
      if (!layer.failed) layer.at = end;
    }
  }
  const cache = flush ? ', cache flush' : '';
  node.label = readable(`${name}: type ${typeName(type)}, class ${className}${cache}${label === '' ? '' : `, ${label.trim()}`}`);
  layer.close(node);
  if (words.length < MAX_INFO / 4) words.push(`${typeName(type)}${cache}${info === '' ? '' : ` ${info}`}`);
}
