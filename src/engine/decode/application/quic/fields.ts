import { fieldList } from '../field-list';
import { tlsFields } from '../tls/fields';

/** Wireshark's names. CRYPTO frames hold TLS messages with TLS's fields. */
export const quicFields = {
  ...tlsFields,
  ...fieldList(
    'quic',
    'QUIC IETF',
    `
  .packet_length uint Packet Length
  .header_form uint Header Form
  .fixed_bit bool Fixed Bit
  .spin_bit bool Spin Bit
  .long.packet_type uint Packet Type
  .long.packet_type_v2 uint Packet Type
  .long.reserved uint Reserved
  .packet_number_length uint Packet Number Length
  .version uint Version
  .supported_version uint Supported Version
  .dcil uint Destination Connection ID Length
  .dcid bytes Destination Connection ID
  .scil uint Source Connection ID Length
  .scid bytes Source Connection ID
  .token_length uint Token Length
  .token bytes Token
  .retry_token bytes Retry Token
  .retry_integrity_tag bytes Retry Integrity Tag
  .length uint Length
  .packet_number uint Packet Number
  .payload bytes Payload
  .remaining_payload bytes Remaining Payload
  .short none QUIC Short Header
  .frame none Frame
  .frame_type uint Frame Type
  .padding_length uint Padding Length
  .ack.largest_acknowledged uint Largest Acknowledged
  .ack.ack_delay uint ACK Delay
  .ack.ack_range_count uint ACK Range Count
  .ack.first_ack_range uint First ACK Range
  .ack.gap uint Gap
  .ack.ack_range uint ACK Range
  .ack.ect0_count uint ECT0 Count
  .ack.ect1_count uint ECT1 Count
  .ack.ecn_ce_count uint CE Count
  .crypto.offset uint Offset
  .crypto.length uint Length
  .crypto.crypto_data bytes Crypto Data
  .cc.error_code uint Error code
  .cc.frame_type uint Frame Type
  .cc.reason_phrase.length uint Reason phrase Length
  .cc.reason_phrase string Reason phrase
`,
  ),
};

export const gquicFields = fieldList(
  'gquic',
  'GQUIC (Google Quick UDP Internet Connections)',
  `
  .puflags uint Public Flags
  .puflags.vrsn bool Version
  .puflags.rst bool Reset
  .puflags.cid bool CID Length
  .puflags.pkn uint Packet Number Length
  .cid uint CID
  .version string Version
  .packet_number uint Packet Number
  .tag.sni string Server Name Indication
  .payload bytes Payload
`,
);
