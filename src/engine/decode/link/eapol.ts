import { u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, derivedUint, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const TYPES: Readonly<Record<number, string>> = { 0: 'EAP Packet', 1: 'Start', 2: 'Logoff', 3: 'Key', 4: 'Encapsulated ASF Alert' };
const KEY = 3;
const RSN_BODY = 95;

const fields = {
  'eapol.version': uint('Version', 1, { 1: '802.1X-2001', 2: '802.1X-2004', 3: '802.1X-2010' }),
  'eapol.type': uint('Type', 1, TYPES),
  'eapol.len': uint('Length', 2),
  'eapol.keydes.type': uint('Key Descriptor Type', 1, { 1: 'RC4 Descriptor', 2: 'EAPOL RSN Key', 254: 'EAPOL WPA Key' }),
  'eapol.keydes.key_len': uint('Key Length', 2),
  'eapol.keydes.replay_counter': uint('Replay Counter', 8),
  'eapol.keydes.key_iv': byteArray('Key IV'),
  'wlan_rsna_eapol.keydes.msgnr': derivedUint('Message number'),
  'wlan_rsna_eapol.keydes.key_info': hexUint('Key Information', 2),
  'wlan_rsna_eapol.keydes.key_info.keydes_version': bits('Key Descriptor Version', 2, 0x0007, {
    1: 'RC4 Cipher, HMAC-MD5 MIC',
    2: 'AES Cipher, HMAC-SHA1 MIC',
    3: 'AES Cipher, AES-128-CMAC MIC',
  }),
  'wlan_rsna_eapol.keydes.key_info.key_type': flag('Key Type', 2, 0x0008, { 0: 'Group Key', 1: 'Pairwise Key' }),
  'wlan_rsna_eapol.keydes.key_info.key_index': bits('Key Index', 2, 0x0030),
  'wlan_rsna_eapol.keydes.key_info.install': flag('Install', 2, 0x0040),
  'wlan_rsna_eapol.keydes.key_info.key_ack': flag('Key ACK', 2, 0x0080),
  'wlan_rsna_eapol.keydes.key_info.key_mic': flag('Key MIC', 2, 0x0100),
  'wlan_rsna_eapol.keydes.key_info.secure': flag('Secure', 2, 0x0200),
  'wlan_rsna_eapol.keydes.key_info.error': flag('Error', 2, 0x0400),
  'wlan_rsna_eapol.keydes.key_info.request': flag('Request', 2, 0x0800),
  'wlan_rsna_eapol.keydes.key_info.encrypted_key_data': flag('Encrypted Key Data', 2, 0x1000),
  'wlan_rsna_eapol.keydes.key_info.smk_message': flag('SMK Message', 2, 0x2000),
  'wlan_rsna_eapol.keydes.nonce': byteArray('WPA Key Nonce'),
  'wlan_rsna_eapol.keydes.rsc': byteArray('WPA Key RSC'),
  'wlan_rsna_eapol.keydes.id': byteArray('WPA Key ID'),
  'wlan_rsna_eapol.keydes.mic': byteArray('WPA Key MIC'),
  'wlan_rsna_eapol.keydes.data_len': uint('WPA Key Data Length', 2),
  'wlan_rsna_eapol.keydes.data': byteArray('WPA Key Data'),
} as const;
const write = fieldWriter(fields);

/** Which of the four-way handshake's messages this is (IEEE 802.11, 12.7.6); 0 for those of the group key handshake. */
function messageNumber(info: number, keyDataLength: number): number {
  if ((info & 0x0008) === 0) return 0;
  if (info & 0x0080) return info & 0x0100 ? 3 : 1;
  return info & 0x0200 || keyDataLength === 0 ? 4 : 2;
}

function key(d: Dissection, at: number, end: number): void {
  const type = write.uint(d, 'eapol.keydes.type', at);
  if ((type !== 2 && type !== 254) || end - at < RSN_BODY) {
    dissectLayer(d, data, at + 1, end);
    return;
  }
  const info = u16(d.bytes, at + 1);
  const number = messageNumber(info, u16(d.bytes, at + 93));
  if (number > 0) write.derived(d, 'wlan_rsna_eapol.keydes.msgnr', number);
  write.uint(d, 'wlan_rsna_eapol.keydes.key_info', at + 1);
  d.nest();
  write.uint(d, 'wlan_rsna_eapol.keydes.key_info.keydes_version', at + 1);
  write.flag(d, 'wlan_rsna_eapol.keydes.key_info.key_type', at + 1);
  write.uint(d, 'wlan_rsna_eapol.keydes.key_info.key_index', at + 1);
  for (const name of ['install', 'key_ack', 'key_mic', 'secure', 'error', 'request', 'encrypted_key_data', 'smk_message'] as const) {
    write.flag(d, `wlan_rsna_eapol.keydes.key_info.${name}`, at + 1);
  }
  d.close();
  write.uint(d, 'eapol.keydes.key_len', at + 3);
  write.uint64(d, 'eapol.keydes.replay_counter', at + 5);
  write.bytes(d, 'wlan_rsna_eapol.keydes.nonce', at + 13, 32);
  write.bytes(d, 'eapol.keydes.key_iv', at + 45, 16);
  write.bytes(d, 'wlan_rsna_eapol.keydes.rsc', at + 61, 8);
  write.bytes(d, 'wlan_rsna_eapol.keydes.id', at + 69, 8);
  write.bytes(d, 'wlan_rsna_eapol.keydes.mic', at + 77, 16);
  const length = write.uint(d, 'wlan_rsna_eapol.keydes.data_len', at + 93);
  if (length > 0 && at + RSN_BODY + length <= end) write.bytes(d, 'wlan_rsna_eapol.keydes.data', at + RSN_BODY, length);
  d.info = number > 0 ? `Key (Message ${number} of 4)` : `Key (Group Message ${info & 0x0080 ? 1 : 2} of 2)`;
}

/** IEEE 802.1X, 11. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('eapol', '802.1X Authentication', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('EAPOL', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  write.uint(d, 'eapol.version', start);
  const type = write.uint(d, 'eapol.type', start + 1);
  const length = write.uint(d, 'eapol.len', start + 2);
  const bodyEnd = Math.min(end, start + 4 + length);
  d.payloadEnd = Math.min(d.payloadEnd, bodyEnd);
  d.info = TYPES[type] ?? `Unknown type (${type})`;
  if (type === KEY && bodyEnd > start + 4) key(d, start + 4, bodyEnd);
  else dissectLayer(d, data, start + 4, bodyEnd);
  d.close();
}

export const eapol: Dissector = { name: 'eapol', title: '802.1X Authentication', fields, dissect };
