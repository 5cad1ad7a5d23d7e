import { fieldList } from '../field-list';

/** Wireshark's names; JA4 has the names of FoxIO's plug-in for it. */
export const tlsFields = fieldList(
  'tls',
  'Transport Layer Security',
  `
  .record none Record Layer
  .record.content_type uint Content Type
  .record.opaque_type uint Opaque Type
  .record.version uint Version
  .record.length uint Length
  .app_data bytes Encrypted Application Data
  .change_cipher_spec none Change Cipher Spec Message
  .alert_message none Alert Message
  .alert_message.level uint Level
  .alert_message.desc uint Description
  .handshake none Handshake Protocol
  .handshake.type uint Handshake Type
  .handshake.length uint Length
  .handshake.version uint Version
  .handshake.random bytes Random
  .handshake.random_time time GMT Unix Time
  .handshake.random_bytes bytes Random Bytes
  .handshake.session_id_length uint Session ID Length
  .handshake.session_id bytes Session ID
  .handshake.cipher_suites_length uint Cipher Suites Length
  .handshake.ciphersuites none Cipher Suites
  .handshake.ciphersuite uint Cipher Suite
  .handshake.cipher_spec_len uint Cipher Spec Length
  .handshake.cipherspec uint Cipher Spec
  .handshake.comp_methods_length uint Compression Methods Length
  .handshake.comp_methods none Compression Methods
  .handshake.comp_method uint Compression Method
  .handshake.extensions_length uint Extensions Length
  .handshake.extension.type uint Type
  .handshake.extension.len uint Length
  .handshake.extension.data bytes Data
  .handshake.extensions_server_name_list_len uint Server Name list length
  .handshake.extensions_server_name_type uint Server Name Type
  .handshake.extensions_server_name_len uint Server Name length
  .handshake.extensions_server_name string Server Name
  .handshake.extensions_supported_groups_length uint Supported Groups List Length
  .handshake.extensions_supported_groups none Supported Groups List
  .handshake.extensions_supported_group uint Supported Group
  .handshake.extensions_ec_point_formats_length uint EC point formats Length
  .handshake.extensions_ec_point_formats none EC point formats
  .handshake.extensions_ec_point_format uint EC point format
  .handshake.extensions_alpn_len uint ALPN Extension Length
  .handshake.extensions_alpn_list none ALPN Protocol
  .handshake.extensions_alpn_str_len uint ALPN string length
  .handshake.extensions_alpn_str string ALPN Next Protocol
  .handshake.sig_hash_alg_len uint Signature Hash Algorithms Length
  .handshake.sig_hash_algs none Signature Algorithms
  .handshake.sig_hash_alg uint Signature Algorithm
  .handshake.extensions.supported_versions_len uint Supported Versions length
  .handshake.extensions.supported_version uint Supported Version
  .handshake.extensions_key_share_client_length uint Client Key Share Length
  .handshake.extensions_key_share_group uint Group
  .handshake.extensions_key_share_selected_group uint Selected Group
  .handshake.extensions_key_share_key_exchange_length uint Key Exchange Length
  .handshake.extensions_key_share_key_exchange bytes Key Exchange
  .extension.psk_ke_modes_length uint PSK Key Exchange Modes Length
  .extension.psk_ke_mode uint PSK Key Exchange Mode
  .handshake.extensions.psk.identities.length uint Identities Length
  .handshake.extensions.psk.identity.identity_length uint Identity Length
  .handshake.extensions.psk.identity.identity bytes Identity
  .handshake.extensions.psk.identity.obfuscated_ticket_age uint Obfuscated Ticket Age
  .handshake.extensions.psk.identity.selected uint Selected Identity
  .handshake.extensions.psk.binders_len uint PSK Binders length
  .handshake.extensions.psk.binders bytes PSK Binders
  .handshake.extensions_reneg_info_len uint Renegotiation info extension length
  .compress_certificate.algorithms_length uint Algorithms Length
  .compress_certificate.algorithm uint Algorithm
  .handshake.extensions_status_request_type uint Certificate Status Type
  .handshake.extensions_alps_len uint ALPS Extension Length
  .handshake.extensions_alps_alpn_str_len uint Supported ALPN Length
  .handshake.extensions_alps_alpn_str string Supported ALPN
  .record_size_limit uint Record Size Limit
  .handshake.certificates_length uint Certificates Length
  .handshake.certificates none Certificates
  .handshake.certificate_length uint Certificate Length
  .handshake.certificate bytes Certificate
  .handshake.certificate_request_context_length uint Certificate Request Context Length
  .handshake.certificate_request_context bytes Certificate Request Context
  .handshake.server_curve_type uint Curve Type
  .handshake.server_named_curve uint Named Curve
  .handshake.server_point_len uint Pubkey Length
  .handshake.server_point bytes Pubkey
  .handshake.session_ticket_lifetime_hint uint Session Ticket Lifetime Hint
  .handshake.session_ticket_length uint Session Ticket Length
  .handshake.session_ticket bytes Session Ticket
  .handshake.ja3_full string JA3 Fullstring
  .handshake.ja3 string JA3
  .handshake.ja3s_full string JA3S Fullstring
  .handshake.ja3s string JA3S
  .handshake.ja4 string JA4
  .handshake.ja4_r string JA4_r
  x509af.version uint version
  x509af.serialNumber bytes serialNumber
  x509af.algorithm.id string Algorithm Id
  x509if.rdnSequence uint rdnSequence
  x509if.oid string Object Id
  x509sat.printableString string printableString
  x509sat.uTF8String string uTF8String
  x509sat.teletexString string teletexString
  x509sat.bmpString string bmpString
  x509sat.IA5String string SyntaxIA5String
  x509sat.CountryName string CountryName
  x509af.utcTime string utcTime
  x509af.generalizedTime string generalizedTime
  x509ce.dNSName string dNSName
  x509ce.iPAddress bytes iPAddress
  x509ce.uniformResourceIdentifier string uniformResourceIdentifier
  x509ce.cA bool cA
  x509af.extension.id string Extension Id
`,
);
