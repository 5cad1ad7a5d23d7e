import { u32 } from '../bytes';
import { hexText, utcTime } from '../layer';
import type { DnsLayer } from './message';
import { DNSSEC_ALGORITHMS, DS_DIGESTS, typeWords } from './names';
import { serviceParameters } from './service-parameters';

/** Reads what a record of one type holds, up to `end`, and gives what stands for it in the Info column and in the record's label. */
type RecordData = (layer: DnsLayer, end: number) => readonly [info: string, label: string];

const nameOnly =
  (field: string, word: string): RecordData =>
  (layer) => {
    const name = layer.name(field);
    return [name, `${word} ${name}`];
  };

function soa(layer: DnsLayer): readonly [string, string] {
  const name = layer.name('dns.soa.mname');
  layer.name('dns.soa.rname');
  layer.uint('dns.soa.serial_number', 4);
  layer.uint('dns.soa.refresh_interval', 4);
  layer.uint('dns.soa.retry_interval', 4);
  layer.uint('dns.soa.expire_limit', 4);
  layer.uint('dns.soa.minimum_ttl', 4);
  return [name, `mname ${name}`];
}

const texts =
  (field: string): RecordData =>
  (layer, end) => {
    while (layer.more && layer.at < end) layer.countedText(`${field}.length`, field);
    return ['', ''];
  };

function time(layer: DnsLayer, field: string): void {
  const at = layer.take(4);
  if (at < 0) return;
  const value = u32(layer.bytes, at);
  layer.add(field, value, utcTime(value, 0), at, 4);
}

/** RFC 4034, 4.1.2: which types exist, in windows of 256. */
function typeBitmaps(layer: DnsLayer, end: number): void {
  while (layer.more && layer.at + 2 <= end) {
    const window = layer.bytes[layer.at] ?? 0;
    const length = layer.bytes[layer.at + 1] ?? 0;
    const start = layer.at + 2;
    if (length > 32 || start + length > end) return;
    for (let bit = 0; bit < length * 8; bit++) {
      const isSet = ((layer.bytes[start + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1;
      const type = window * 256 + bit;
      if (isSet) layer.d.add('', `RR type in bit map: ${typeWords(type)} (${type})`, null, start + (bit >> 3), 1);
    }
    layer.at = start + length;
  }
}

const READERS: Readonly<Record<number, RecordData>> = {
  1: (layer) => {
    const address = layer.ipv4('dns.a');
    return [address, `addr ${address}`];
  },
  2: nameOnly('dns.ns', 'ns'),
  5: nameOnly('dns.cname', 'cname'),
  6: soa,
  12: nameOnly('dns.ptr.domain_name', ''),
  13: (layer) => [layer.countedText('dns.hinfo.cpu_length', 'dns.hinfo.cpu'), layer.countedText('dns.hinfo.os_length', 'dns.hinfo.os')],
  15: (layer) => {
    const preference = layer.uint('dns.mx.preference', 2);
    const name = layer.name('dns.mx.mail_exchange');
    return [`${preference} ${name}`, `preference ${preference}, mx ${name}`];
  },
  16: texts('dns.txt'),
  28: (layer) => {
    const address = layer.ipv6('dns.aaaa');
    return [address, `addr ${address}`];
  },
  33: (layer) => {
    const priority = layer.uint('dns.srv.priority', 2);
    const weight = layer.uint('dns.srv.weight', 2);
    const port = layer.uint('dns.srv.port', 2);
    const target = layer.name('dns.srv.target');
    return [`${priority} ${weight} ${port} ${target}`, `priority ${priority}, weight ${weight}, port ${port}, target ${target}`];
  },
  35: (layer) => {
    const order = layer.uint('dns.naptr.order', 2);
    const preference = layer.uint('dns.naptr.preference', 2);
    const flags = layer.countedText('dns.naptr.flags_length', 'dns.naptr.flags');
    layer.countedText('dns.naptr.service_length', 'dns.naptr.service');
    layer.countedText('dns.naptr.regex_length', 'dns.naptr.regex');
    layer.name('dns.naptr.replacement');
    return [`${order} ${preference} ${flags}`, `order ${order}, preference ${preference}, flags ${flags}`];
  },
  39: nameOnly('dns.dname', 'dname'),
  43: delegation,
  44: (layer, end) => {
    layer.uint('dns.sshfp.algorithm', 1);
    layer.uint('dns.sshfp.fingerprint.type', 1);
    layer.data('dns.sshfp.fingerprint', end - layer.at);
    return ['', ''];
  },
  46: (layer, end) => {
    layer.uint('dns.rrsig.type_covered', 2, typeWords);
    layer.uint('dns.rrsig.algorithm', 1, DNSSEC_ALGORITHMS);
    layer.uint('dns.rrsig.labels', 1);
    layer.uint('dns.rrsig.original_ttl', 4);
    time(layer, 'dns.rrsig.signature_expiration');
    time(layer, 'dns.rrsig.signature_inception');
    layer.uint('dns.rrsig.key_tag', 2);
    layer.name('dns.rrsig.signers_name');
    if (layer.more) layer.data('dns.rrsig.signature', end - layer.at);
    return ['', ''];
  },
  47: (layer, end) => {
    const name = layer.name('dns.nsec.next_domain_name');
    typeBitmaps(layer, end);
    return ['', `next domain name ${name}`];
  },
  48: dnsKey,
  50: (layer, end) => {
    layer.uint('dns.nsec3.algo', 1);
    layer.uint('dns.nsec3.flags', 1);
    layer.uint('dns.nsec3.iterations', 2);
    layer.data('dns.nsec3.salt_value', layer.uint('dns.nsec3.salt_length', 1));
    layer.data('dns.nsec3.hash_value', layer.uint('dns.nsec3.hash_length', 1));
    typeBitmaps(layer, end);
    return ['', ''];
  },
  52: (layer, end) => {
    layer.uint('dns.tlsa.certificate_usage', 1);
    layer.uint('dns.tlsa.selector', 1);
    layer.uint('dns.tlsa.matching_type', 1);
    layer.data('dns.tlsa.certificate_association_data', end - layer.at);
    return ['', ''];
  },
  59: delegation,
  60: dnsKey,
  64: serviceParameters,
  65: serviceParameters,
  99: texts('dns.spf'),
  257: (layer, end) => {
    layer.hex('dns.caa.flags', 1);
    layer.countedText('dns.caa.tag_length', 'dns.caa.tag');
    layer.text('dns.caa.value', end - layer.at);
    return ['', ''];
  },
};

function delegation(layer: DnsLayer, end: number): readonly [string, string] {
  layer.hex('dns.ds.key_id', 2);
  layer.uint('dns.ds.algorithm', 1, DNSSEC_ALGORITHMS);
  layer.uint('dns.ds.digest_type', 1, DS_DIGESTS);
  layer.data('dns.ds.digest', end - layer.at);
  return ['', ''];
}

function dnsKey(layer: DnsLayer, end: number): readonly [string, string] {
  layer.hex('dns.dnskey.flags', 2);
  layer.uint('dns.dnskey.protocol', 1);
  layer.uint('dns.dnskey.algorithm', 1, DNSSEC_ALGORITHMS);
  layer.data('dns.dnskey.public_key', end - layer.at);
  return ['', ''];
}

/** Reads the record data [layer.at..end). */
export function recordData(layer: DnsLayer, type: number, end: number): readonly [info: string, label: string] {
  const read = READERS[type];
  if (read !== undefined) return read(layer, end);
  if (layer.at < end)
    layer.add('dns.data', layer.bytes.subarray(layer.at, end), hexText(layer.bytes, layer.at, end), layer.at, end - layer.at);
  return ['', ''];
}
