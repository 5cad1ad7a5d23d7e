import { u16, u32 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, derivedUint, flag, hexUint, ipv4Address, ipv6Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const PARAMETERS: Readonly<Record<number, string>> = {
  1: 'Heartbeat info',
  5: 'IPv4 address',
  6: 'IPv6 address',
  7: 'State cookie',
  8: 'Unrecognized parameters',
  9: 'Cookie preservative',
  11: 'Hostname address',
  12: 'Supported address types',
  13: 'Outgoing SSN reset request parameter',
  32768: 'ECN parameter',
  32770: 'Random',
  32771: 'Authentication Chunk list',
  32772: 'Requested HMAC Algorithm',
  32773: 'Padding',
  32776: 'Supported Extensions',
  49152: 'Forward TSN supported',
  49158: 'Adaptation Layer Indication',
};
const ADDRESS_TYPES = { 5: 'IPv4 address', 6: 'IPv6 address', 11: 'Hostname address' };
const CAUSES = {
  1: 'Invalid stream identifier',
  2: 'Missing mandatory parameter',
  3: 'Stale cookie error',
  4: 'Out of resource',
  5: 'Unresolvable address',
  6: 'Unrecognized chunk type',
  7: 'Invalid mandatory parameter',
  8: 'Unrecognized parameters',
  9: 'No user data',
  10: 'Cookie received while shutting down',
  11: 'Restart of an association with new addresses',
  12: 'User initiated ABORT',
  13: 'Protocol violation',
};
const PAYLOADS = {
  0: 'not specified',
  1: 'IUA',
  2: 'M2UA',
  3: 'M3UA',
  4: 'SUA',
  5: 'M2PA',
  18: 'S1 Application Protocol (S1AP)',
  27: 'X2AP',
  46: 'Diameter',
  51: 'WebRTC String',
  60: 'NGAP',
  61: 'XnAP',
};

export const chunkFields = {
  'sctp.data_i_bit': flag('I-Bit', 1, 0x08, { 0: 'Possibly delay SACK', 1: 'Send SACK immediately' }),
  'sctp.data_u_bit': flag('U-Bit', 1, 0x04, { 0: 'Ordered delivery', 1: 'Unordered delivery' }),
  'sctp.data_b_bit': flag('B-Bit', 1, 0x02, { 0: 'Subsequent segment', 1: 'First segment' }),
  'sctp.data_e_bit': flag('E-Bit', 1, 0x01, { 0: 'Not the last segment', 1: 'Last segment' }),
  'sctp.data_tsn': derivedUint('Transmission sequence number (relative)'),
  'sctp.data_tsn_raw': uint('Transmission sequence number (absolute)', 4),
  'sctp.data_sid': hexUint('Stream identifier', 2),
  'sctp.data_ssn': uint('Stream sequence number', 2),
  'sctp.data_payload_proto_id': uint('Payload protocol identifier', 4, PAYLOADS),
  'sctp.init_initiate_tag': hexUint('Initiate tag', 4),
  'sctp.init_credit': uint('Advertised receiver window credit (a_rwnd)', 4),
  'sctp.init_nr_out_streams': uint('Number of outbound streams', 2),
  'sctp.init_nr_in_streams': uint('Number of inbound streams', 2),
  'sctp.init_initial_tsn': uint('Initial TSN', 4),
  'sctp.initack_initiate_tag': hexUint('Initiate tag', 4),
  'sctp.initack_credit': uint('Advertised receiver window credit (a_rwnd)', 4),
  'sctp.initack_nr_out_streams': uint('Number of outbound streams', 2),
  'sctp.initack_nr_in_streams': uint('Number of inbound streams', 2),
  'sctp.initack_initial_tsn': uint('Initial TSN', 4),
  'sctp.sack_nounce_sum': bits('Nounce sum', 1, 0x01),
  'sctp.sack_cumulative_tsn_ack': derivedUint('Cumulative TSN ACK (relative)'),
  'sctp.sack_cumulative_tsn_ack_raw': uint('Cumulative TSN ACK (absolute)', 4),
  'sctp.sack_a_rwnd': uint('Advertised receiver window credit (a_rwnd)', 4),
  'sctp.sack_number_of_gap_blocks': uint('Number of gap acknowledgement blocks', 2),
  'sctp.sack_number_of_duplicated_tsns': uint('Number of duplicated TSNs', 2),
  'sctp.sack_gap_block_start': uint('Start', 2),
  'sctp.sack_gap_block_end': uint('End', 2),
  'sctp.sack_duplicate_tsn': uint('Duplicate TSN', 4),
  'sctp.cookie': byteArray('Cookie'),
  'sctp.shutdown_cumulative_tsn_ack': uint('Cumulative TSN Ack', 4),
  'sctp.abort_t_bit': flag('T-Bit', 1, 0x01),
  'sctp.shutdown_complete_t_bit': flag('T-Bit', 1, 0x01),
  'sctp.cause_code': hexUint('Cause code', 2, CAUSES),
  'sctp.cause_length': uint('Cause length', 2),
  'sctp.cause_information': byteArray('Cause information'),
  'sctp.chunk_value': byteArray('Chunk value'),
  'sctp.parameter_type': hexUint('Parameter type', 2, PARAMETERS),
  'sctp.parameter_bit_1': flag('Bit', 2, 0x8000, {
    0: 'Stop processing of chunk',
    1: 'Skip parameter and continue processing of the chunk',
  }),
  'sctp.parameter_bit_2': flag('Bit', 2, 0x4000, { 0: 'Do not report', 1: 'Do report' }),
  'sctp.parameter_length': uint('Parameter length', 2),
  'sctp.parameter_value': byteArray('Parameter value'),
  'sctp.parameter_ipv4_address': ipv4Address('IP Version 4 address'),
  'sctp.parameter_ipv6_address': ipv6Address('IP Version 6 address'),
  'sctp.parameter_heartbeat_information': byteArray('Heartbeat information'),
  'sctp.parameter_state_cookie': byteArray('State cookie'),
  'sctp.parameter_supported_address_type': uint('Supported address type', 2, ADDRESS_TYPES),
  'sctp.parameter_padding': byteArray('Parameter padding'),
} as const;
const write = fieldWriter(chunkFields);

function parameterBody(d: Dissection, type: number, start: number, end: number): void {
  const length = end - start;
  if (type === 5 && length === 4) write.ipv4(d, 'sctp.parameter_ipv4_address', start);
  else if (type === 6 && length === 16) write.ipv6(d, 'sctp.parameter_ipv6_address', start);
  else if (type === 1) write.bytes(d, 'sctp.parameter_heartbeat_information', start, length);
  else if (type === 7) write.bytes(d, 'sctp.parameter_state_cookie', start, length);
  else if (type === 12) for (let at = start; at + 2 <= end; at += 2) write.uint(d, 'sctp.parameter_supported_address_type', at);
  else if (length > 0) write.bytes(d, 'sctp.parameter_value', start, length);
}

function parameters(d: Dissection, start: number, end: number): void {
  for (let at = start; at + 4 <= end && !d.full; ) {
    const type = u16(d.bytes, at);
    const length = u16(d.bytes, at + 2);
    if (length < 4 || at + length > end) {
      d.add('', `Parameter with a length of ${length}: does not fit in ${end - at} bytes`, null, at, end - at);
      return;
    }
    d.open('', `${PARAMETERS[type] ?? 'Unknown'} parameter`, null, at, length);
    write.uint(d, 'sctp.parameter_type', at);
    d.nest();
    write.flags(d, ['sctp.parameter_bit_1', 'sctp.parameter_bit_2'], at);
    d.close();
    write.uint(d, 'sctp.parameter_length', at + 2);
    parameterBody(d, type, at + 4, at + length);
    const padding = (4 - (length % 4)) % 4;
    if (padding > 0 && at + length + padding <= end) write.bytes(d, 'sctp.parameter_padding', at + length, padding);
    d.close();
    at += length + padding;
  }
}

function causes(d: Dissection, start: number, end: number): void {
  for (let at = start; at + 4 <= end && !d.full; ) {
    const length = u16(d.bytes, at + 2);
    write.uint(d, 'sctp.cause_code', at);
    write.uint(d, 'sctp.cause_length', at + 2);
    if (length < 4 || at + length > end) return;
    if (length > 4) write.bytes(d, 'sctp.cause_information', at + 4, length - 4);
    at += length + ((4 - (length % 4)) % 4);
  }
}

/** Adds the number relative to the association's first where that is known; gives what Info shows. */
function relative(d: Dissection, name: 'sctp.data_tsn' | 'sctp.sack_cumulative_tsn_ack', base: number | null, at: number): number {
  const tsn = u32(d.bytes, at);
  if (base === null || d.quoted) return tsn;
  const value = (tsn - base) >>> 0;
  d.add(name, `${chunkFields[name].title}: ${value}`, value, at, 4);
  return value;
}

function dataChunk(d: Dissection, start: number, end: number): string {
  write.flags(d, ['sctp.data_i_bit', 'sctp.data_u_bit', 'sctp.data_b_bit', 'sctp.data_e_bit'], start + 1);
  const tsn = relative(d, 'sctp.data_tsn', d.context.sequenceBase, start + 4);
  write.uint(d, 'sctp.data_tsn_raw', start + 4);
  write.uint(d, 'sctp.data_sid', start + 8);
  write.uint(d, 'sctp.data_ssn', start + 10);
  write.uint(d, 'sctp.data_payload_proto_id', start + 12);
  dissectLayer(d, data, start + 16, end);
  return `(TSN=${tsn})`;
}

function sack(d: Dissection, start: number, end: number): string {
  write.uint(d, 'sctp.sack_nounce_sum', start + 1);
  const cumulative = relative(d, 'sctp.sack_cumulative_tsn_ack', d.context.acknowledgementBase, start + 4);
  write.uint(d, 'sctp.sack_cumulative_tsn_ack_raw', start + 4);
  const window = write.uint(d, 'sctp.sack_a_rwnd', start + 8);
  const gaps = write.uint(d, 'sctp.sack_number_of_gap_blocks', start + 12);
  const duplicates = write.uint(d, 'sctp.sack_number_of_duplicated_tsns', start + 14);
  let at = start + 16;
  for (let i = 0; i < gaps && at + 4 <= end && !d.full; i++, at += 4) {
    write.uint(d, 'sctp.sack_gap_block_start', at);
    write.uint(d, 'sctp.sack_gap_block_end', at + 2);
  }
  for (let i = 0; i < duplicates && at + 4 <= end && !d.full; i++, at += 4) write.uint(d, 'sctp.sack_duplicate_tsn', at);
  return `(Ack=${cumulative}, Arwnd=${window})`;
}

function init(d: Dissection, kind: 'init' | 'initack', start: number, end: number): string {
  write.uint(d, `sctp.${kind}_initiate_tag`, start + 4);
  write.uint(d, `sctp.${kind}_credit`, start + 8);
  const out = write.uint(d, `sctp.${kind}_nr_out_streams`, start + 12);
  const into = write.uint(d, `sctp.${kind}_nr_in_streams`, start + 14);
  write.uint(d, `sctp.${kind}_initial_tsn`, start + 16);
  parameters(d, start + 20, end);
  return `(Outbound streams: ${out}, inbound streams: ${into})`;
}

/** Body of a chunk that begins at `start` with its four bytes of header; gives words for the chunk's node and for Info. */
export function chunkBody(d: Dissection, type: number, start: number, end: number): string {
  const length = end - start;
  if (type === 0 && length >= 16) return dataChunk(d, start, end);
  if ((type === 1 || type === 2) && length >= 20) return init(d, type === 1 ? 'init' : 'initack', start, end);
  if (type === 3 && length >= 16) return sack(d, start, end);
  if (type === 4 || type === 5) parameters(d, start + 4, end);
  else if (type === 6 || type === 9) {
    if (type === 6) write.flag(d, 'sctp.abort_t_bit', start + 1);
    causes(d, start + 4, end);
  } else if (type === 7 && length >= 8) write.uint(d, 'sctp.shutdown_cumulative_tsn_ack', start + 4);
  else if (type === 10 && length > 4) write.bytes(d, 'sctp.cookie', start + 4, length - 4);
  else if (type === 14) write.flag(d, 'sctp.shutdown_complete_t_bit', start + 1);
  else if (length > 4) write.bytes(d, 'sctp.chunk_value', start + 4, length - 4);
  return '';
}
