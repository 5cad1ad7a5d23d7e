import type { FieldDefinition, FieldTable } from '../../tree/field';

/** The ten name lists of a KEXINIT, in their order (RFC 4253, section 7.1). */
export const nameLists = [
  'kex_algorithms',
  'server_host_key_algorithms',
  'encryption_algorithms_client_to_server',
  'encryption_algorithms_server_to_client',
  'mac_algorithms_client_to_server',
  'mac_algorithms_server_to_client',
  'compression_algorithms_client_to_server',
  'compression_algorithms_server_to_client',
  'languages_client_to_server',
  'languages_server_to_client',
] as const;

const listFields: Record<string, FieldDefinition> = {};
for (const list of nameLists) {
  listFields[`ssh.${list}_length`] = { type: 'uint', title: `${list} length` };
  listFields[`ssh.${list}`] = { type: 'string', title: `${list} string` };
}

export const sshFields: FieldTable = {
  ssh: { type: 'none', title: 'SSH Protocol' },
  'ssh.protocol': { type: 'string', title: 'Protocol' },
  'ssh.packet_length': { type: 'uint', title: 'Packet Length' },
  'ssh.padding_length': { type: 'uint', title: 'Padding Length' },
  'ssh.padding_string': { type: 'bytes', title: 'Padding String' },
  'ssh.payload': { type: 'bytes', title: 'Payload' },
  'ssh.encrypted_packet': { type: 'bytes', title: 'Encrypted Packet' },
  'ssh.message_code': { type: 'uint', title: 'Message Code' },
  'ssh.direction': { type: 'bool', title: 'Direction' },
  'ssh.cookie': { type: 'bytes', title: 'Cookie' },
  ...listFields,
  'ssh.first_kex_packet_follows': { type: 'uint', title: 'First KEX Packet Follows' },
  'ssh.kex.reserved': { type: 'bytes', title: 'Reserved' },
  'ssh.kex.hassh_algorithms': { type: 'string', title: 'hasshAlgorithms' },
  'ssh.kex.hassh': { type: 'string', title: 'hassh' },
  'ssh.kex.hasshserver_algorithms': { type: 'string', title: 'hasshServerAlgorithms' },
  'ssh.kex.hasshserver': { type: 'string', title: 'hasshServer' },
  'ssh.mpint_length': { type: 'uint', title: 'Multi Precision Integer Length' },
  'ssh.dh.e': { type: 'bytes', title: 'DH client e' },
  'ssh.dh.f': { type: 'bytes', title: 'DH server f' },
  'ssh.dh_gex.min': { type: 'uint', title: 'DH GEX Min' },
  'ssh.dh_gex.nbits': { type: 'uint', title: 'DH GEX Number of Bits' },
  'ssh.dh_gex.max': { type: 'uint', title: 'DH GEX Max' },
  'ssh.dh_gex.p': { type: 'bytes', title: 'DH GEX modulus (P)' },
  'ssh.dh_gex.g': { type: 'bytes', title: 'DH GEX base (G)' },
  'ssh.ecdh.q_c_length': { type: 'uint', title: "ECDH client's ephemeral public key length" },
  'ssh.ecdh.q_c': { type: 'bytes', title: "ECDH client's ephemeral public key (Q_C)" },
  'ssh.ecdh.q_s_length': { type: 'uint', title: "ECDH server's ephemeral public key length" },
  'ssh.ecdh.q_s': { type: 'bytes', title: "ECDH server's ephemeral public key (Q_S)" },
  'ssh.host_key.length': { type: 'uint', title: 'Host key length' },
  'ssh.host_key.type_length': { type: 'uint', title: 'Host key type length' },
  'ssh.host_key.type': { type: 'string', title: 'Host key type' },
  'ssh.host_key.data': { type: 'bytes', title: 'Host key data' },
  'ssh.host_sig.length': { type: 'uint', title: 'Host signature length' },
  'ssh.host_sig.type_length': { type: 'uint', title: 'Host signature type length' },
  'ssh.host_sig.type': { type: 'string', title: 'Host signature type' },
  'ssh.host_sig.data': { type: 'bytes', title: 'Host signature data' },
  'ssh.disconnect_reason': { type: 'uint', title: 'Disconnect reason' },
  'ssh.disconnect_description_length': { type: 'uint', title: 'Disconnect description length' },
  'ssh.disconnect_description': { type: 'string', title: 'Disconnect description' },
};
