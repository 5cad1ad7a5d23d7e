import { u16 } from '../bytes';
import { hexText, type Layer, readable, utf8 } from '../layer';
import type { HelloFacts } from './fingerprints';
import { extensionName, groupName, signatureName, versionName } from './names';

/** Reads one extension's data, up to `end`, and notes what fingerprints need. */
type ReadExtension = (layer: Layer, end: number, facts: HelloFacts) => void;

const HS = 'tls.handshake.';
const COMPRESSIONS: Readonly<Record<number, string>> = { 1: 'zlib', 2: 'brotli', 3: 'zstd' };

/** Numbers of `size` bytes up to `end`. */
function numbers(layer: Layer, end: number, size: number, read: () => number, into?: number[]): void {
  while (layer.more && layer.at + size <= end) {
    const value = read();
    if (!layer.failed) into?.push(value);
  }
}

const serverName: ReadExtension = (layer, end, facts) => {
  if (layer.at >= end) return;
  layer.uint(`${HS}extensions_server_name_list_len`, 2);
  while (layer.more && layer.at + 3 <= end) {
    layer.uint(`${HS}extensions_server_name_type`, 1, { 0: 'host_name' });
    const length = layer.uint(`${HS}extensions_server_name_len`, 2);
    const name = layer.text(`${HS}extensions_server_name`, Math.min(length, end - layer.at));
    if (!layer.failed) facts.serverName ??= name;
  }
};

const groups: ReadExtension = (layer, end, facts) => {
  const length = layer.uint(`${HS}extensions_supported_groups_length`, 2);
  const node = layer.open(`${HS}extensions_supported_groups`, `Supported Groups (${length >> 1} groups)`);
  numbers(layer, end, 2, () => layer.hex(`${HS}extensions_supported_group`, 2, groupName), facts.groups);
  layer.close(node);
};

const pointFormats: ReadExtension = (layer, end, facts) => {
  const length = layer.uint(`${HS}extensions_ec_point_formats_length`, 1);
  const node = layer.open(`${HS}extensions_ec_point_formats`, `Elliptic curves point formats (${length})`);
  const words = { 0: 'uncompressed', 1: 'ansiX962_compressed_prime', 2: 'ansiX962_compressed_char2' };
  numbers(layer, end, 1, () => layer.uint(`${HS}extensions_ec_point_format`, 1, words), facts.pointFormats);
  layer.close(node);
};

const signatureAlgorithms: ReadExtension = (layer, end, facts) => {
  const length = layer.uint(`${HS}sig_hash_alg_len`, 2);
  const node = layer.open(`${HS}sig_hash_algs`, `Signature Hash Algorithms (${length >> 1} algorithms)`);
  numbers(layer, end, 2, () => layer.hex(`${HS}sig_hash_alg`, 2, signatureName), facts.signatureAlgorithms);
  layer.close(node);
};

const alpn: ReadExtension = (layer, end, facts) => {
  layer.uint(`${HS}extensions_alpn_len`, 2);
  const node = layer.open(`${HS}extensions_alpn_list`, 'ALPN Protocol');
  while (layer.more && layer.at < end) {
    const length = layer.uint(`${HS}extensions_alpn_str_len`, 1);
    const start = layer.at;
    layer.text(`${HS}extensions_alpn_str`, length);
    if (!layer.failed) facts.alpn.push(layer.bytes.subarray(start, start + length));
  }
  layer.close(node);
};

const applicationSettings: ReadExtension = (layer, end) => {
  if (layer.at >= end) return;
  layer.uint(`${HS}extensions_alps_len`, 2);
  while (layer.more && layer.at < end) {
    layer.text(`${HS}extensions_alps_alpn_str`, layer.uint(`${HS}extensions_alps_alpn_str_len`, 1));
  }
};

const supportedVersions: ReadExtension = (layer, end, facts) => {
  if (facts.isClient) layer.uint(`${HS}extensions.supported_versions_len`, 1);
  numbers(layer, end, 2, () => layer.hex(`${HS}extensions.supported_version`, 2, versionName), facts.versions);
};

const keyShare: ReadExtension = (layer, end, facts) => {
  // A Hello Retry Request has the group only.
  if (!facts.isClient && end - layer.at === 2) {
    layer.uint(`${HS}extensions_key_share_selected_group`, 2, groupName);
    return;
  }
  if (facts.isClient) layer.uint(`${HS}extensions_key_share_client_length`, 2);
  while (layer.more && layer.at + 4 <= end) {
    const length = u16(layer.bytes, layer.at + 2);
    const node = layer.open('', `Key Share Entry: Group: ${groupName(u16(layer.bytes, layer.at))}, Key Exchange length: ${length}`);
    layer.uint(`${HS}extensions_key_share_group`, 2, groupName);
    layer.uint(`${HS}extensions_key_share_key_exchange_length`, 2);
    layer.data(`${HS}extensions_key_share_key_exchange`, length);
    layer.close(node);
  }
};

const keyExchangeModes: ReadExtension = (layer, end) => {
  layer.uint('tls.extension.psk_ke_modes_length', 1);
  const words = { 0: 'PSK-only key establishment (psk_ke)', 1: 'PSK with (EC)DHE key establishment (psk_dhe_ke)' };
  numbers(layer, end, 1, () => layer.uint('tls.extension.psk_ke_mode', 1, words));
};

const preSharedKey: ReadExtension = (layer, end, facts) => {
  const prefix = `${HS}extensions.psk.`;
  if (!facts.isClient) {
    layer.uint(`${prefix}identity.selected`, 2);
    return;
  }
  const identitiesEnd = layer.uint(`${prefix}identities.length`, 2) + layer.at;
  while (layer.more && layer.at < Math.min(identitiesEnd, end)) {
    layer.data(`${prefix}identity.identity`, layer.uint(`${prefix}identity.identity_length`, 2));
    layer.uint(`${prefix}identity.obfuscated_ticket_age`, 4);
  }
  if (layer.at + 2 > end) return;
  layer.uint(`${prefix}binders_len`, 2);
  if (layer.at < end) layer.data(`${prefix}binders`, end - layer.at);
};

const READERS: Readonly<Record<number, ReadExtension>> = {
  0: serverName,
  5: (layer, end) => {
    if (layer.at < end) layer.uint(`${HS}extensions_status_request_type`, 1, { 1: 'OCSP' });
  },
  10: groups,
  11: pointFormats,
  13: signatureAlgorithms,
  16: alpn,
  27: (layer, end) => {
    layer.uint('tls.compress_certificate.algorithms_length', 1);
    numbers(layer, end, 2, () => layer.uint('tls.compress_certificate.algorithm', 2, COMPRESSIONS));
  },
  28: (layer) => {
    layer.uint('tls.record_size_limit', 2);
  },
  41: preSharedKey,
  43: supportedVersions,
  45: keyExchangeModes,
  50: (layer, end, facts) => signatureAlgorithms(layer, end, { ...facts, signatureAlgorithms: [] }),
  51: keyShare,
  17513: applicationSettings,
  17613: applicationSettings,
  65281: (layer) => {
    layer.uint(`${HS}extensions_reneg_info_len`, 1);
  },
};

/** The list of extensions in [layer.at..end), behind its length. */
export function dissectExtensions(layer: Layer, end: number, facts: HelloFacts): void {
  if (layer.at + 2 > end || layer.failed) return;
  const stop = Math.min(end, layer.uint(`${HS}extensions_length`, 2) + layer.at);
  while (layer.more && layer.at + 4 <= stop) {
    const type = u16(layer.bytes, layer.at);
    const length = u16(layer.bytes, layer.at + 2);
    const name = extensionName(type);
    const note = type === 0 && length > 5 ? ` name=${hostOf(layer, stop)}` : '';
    const node = layer.open('', `Extension: ${name} (len=${length})${note}`);
    facts.extensions.push(type);
    layer.uint(`${HS}extension.type`, 2, extensionName);
    layer.uint(`${HS}extension.len`, 2);
    const next = layer.at + length;
    if (next > layer.end) layer.take(length);
    else {
      const read = READERS[type];
      if (read !== undefined && length > 0) readWithin(layer, next, read, facts);
      else layer.add(`${HS}extension.data`, layer.bytes.subarray(layer.at, next), hexText(layer.bytes, layer.at, next), layer.at, length);
      if (!layer.failed) layer.at = next;
    }
    layer.close(node);
  }
}

/** An extension cannot read beyond itself: what it announces in excess is a mistake of its own. */
function readWithin(layer: Layer, end: number, read: ReadExtension, facts: HelloFacts): void {
  const outer = layer.end;
  layer.end = end;
  read(layer, end, facts);
  layer.end = outer;
}

function hostOf(layer: Layer, end: number): string {
  const start = layer.at + 9;
  return readable(utf8(layer.bytes, start, Math.min(end, start + u16(layer.bytes, layer.at + 7))));
}
