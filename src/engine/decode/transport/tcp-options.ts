import { u8, u16, u32 } from '../../../shared/base/bytes';
import { bits, byteArray, derivedUint, flag, hexUint, ipv4Address, ipv6Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter } from '../tree/writer';

/** https://www.iana.org/assignments/tcp-parameters: kind, word in lists, node's name. */
const kinds: Readonly<Record<number, { readonly title: string; readonly node: OptionNode }>> = {
  0: { title: 'End of Option List (EOL)', node: 'tcp.options.eol' },
  1: { title: 'No-Operation (NOP)', node: 'tcp.options.nop' },
  2: { title: 'Maximum segment size', node: 'tcp.options.mss' },
  3: { title: 'Window scale', node: 'tcp.options.wscale' },
  4: { title: 'SACK permitted', node: 'tcp.options.sack_perm' },
  5: { title: 'SACK', node: 'tcp.options.sack' },
  6: { title: 'Echo', node: 'tcp.options.echo' },
  7: { title: 'Echo reply', node: 'tcp.options.echo_reply' },
  8: { title: 'Timestamps', node: 'tcp.options.timestamp' },
  11: { title: 'CC', node: 'tcp.options.cc' },
  12: { title: 'CC.NEW', node: 'tcp.options.ccnew' },
  13: { title: 'CC.ECHO', node: 'tcp.options.ccecho' },
  19: { title: 'TCP MD5 signature', node: 'tcp.options.md5' },
  27: { title: 'Quick-Start', node: 'tcp.options.qs' },
  28: { title: 'User Timeout', node: 'tcp.options.user_to' },
  29: { title: 'TCP AO', node: 'tcp.options.ao' },
  30: { title: 'Multipath TCP', node: 'tcp.options.mptcp' },
  34: { title: 'TCP Fast Open', node: 'tcp.options.tfo' },
  253: { title: 'Experimental', node: 'tcp.options.experimental' },
  254: { title: 'Experimental', node: 'tcp.options.experimental' },
};
const KIND_NAMES = {
  0: 'End of Option List',
  1: 'No-Operation',
  2: 'Maximum Segment Size',
  3: 'Window Scale',
  4: 'SACK Permitted',
  5: 'SACK',
  6: 'Echo',
  7: 'Echo Reply',
  8: 'Time Stamp Option',
  11: 'CC',
  12: 'CC.NEW',
  13: 'CC.ECHO',
  19: 'MD5 Signature Option',
  27: 'Quick-Start Response',
  28: 'User Timeout Option',
  29: 'The TCP Authentication Option',
  30: 'Multipath TCP',
  34: 'TCP Fast Open Cookie',
  253: 'RFC3692-style Experiment 1',
  254: 'RFC3692-style Experiment 2',
};
/** RFC 6994 identifier under which fast open was sent before it had a kind of its own. */
const FAST_OPEN_EXPERIMENT = 0xf989;
const MPTCP_SUBTYPES = {
  0: 'Multipath Capable',
  1: 'Join Connection',
  2: 'Data Sequence Signal',
  3: 'Add Address',
  4: 'Remove Address',
  5: 'Change Subflow Priority',
  6: 'Fallback',
  7: 'Fastclose',
  8: 'Reset',
};

export const tcpOptionFields = {
  'tcp.options': byteArray('Options'),
  'tcp.option_kind': uint('Kind', 1, KIND_NAMES),
  'tcp.option_len': uint('Length', 1),
  'tcp.options.eol': node('TCP Option - End of Option List (EOL)'),
  'tcp.options.nop': node('TCP Option - No-Operation (NOP)'),
  'tcp.options.mss': node('TCP Option - Maximum segment size'),
  'tcp.options.mss_val': uint('MSS Value', 2),
  'tcp.options.wscale': node('TCP Option - Window scale'),
  'tcp.options.wscale.shift': uint('Shift count', 1),
  'tcp.options.wscale.multiplier': derivedUint('Multiplier'),
  'tcp.options.sack_perm': node('TCP Option - SACK permitted'),
  'tcp.options.sack': node('TCP Option - SACK'),
  'tcp.options.sack_le': derivedUint('TCP SACK Left Edge'),
  'tcp.options.sack_re': derivedUint('TCP SACK Right Edge'),
  'tcp.options.sack.count': derivedUint('TCP SACK Count'),
  'tcp.options.echo': node('TCP Option - Echo'),
  'tcp.options.echo_reply': node('TCP Option - Echo reply'),
  'tcp.options.echo_value': uint('TCP Echo Option', 4),
  'tcp.options.timestamp': node('TCP Option - Timestamps'),
  'tcp.options.timestamp.tsval': uint('Timestamp value', 4),
  'tcp.options.timestamp.tsecr': uint('Timestamp echo reply', 4),
  'tcp.options.cc': node('TCP Option - CC'),
  'tcp.options.ccnew': node('TCP Option - CC.NEW'),
  'tcp.options.ccecho': node('TCP Option - CC.ECHO'),
  'tcp.options.cc_value': uint('TCP CC Option', 4),
  'tcp.options.md5': node('TCP Option - TCP MD5 signature'),
  'tcp.options.md5.digest': byteArray('MD5 digest'),
  'tcp.options.qs': node('TCP Option - Quick-Start'),
  'tcp.options.qs.rate': bits('QS Rate', 1, 0x0f),
  'tcp.options.qs.ttl_diff': uint('QS Rate', 1),
  'tcp.options.user_to': node('TCP Option - User Timeout'),
  'tcp.options.user_to_granularity': flag('Granularity', 2, 0x8000, { 0: 'Seconds', 1: 'Minutes' }),
  'tcp.options.user_to_val': bits('User Timeout', 2, 0x7fff),
  'tcp.options.ao': node('TCP Option - TCP AO'),
  'tcp.options.ao.keyid': uint('AO KeyID', 1),
  'tcp.options.ao.rnextkeyid': uint('AO RNextKeyID', 1),
  'tcp.options.ao.mac': byteArray('AO MAC'),
  'tcp.options.mptcp': node('TCP Option - Multipath TCP'),
  'tcp.options.mptcp.subtype': bits('Multipath TCP subtype', 1, 0xf0, MPTCP_SUBTYPES),
  'tcp.options.mptcp.version': bits('Multipath TCP version', 1, 0x0f),
  'tcp.options.mptcp.addrid': uint('Address ID', 1),
  'tcp.options.mptcp.sendkey': uint("Sender's Key", 8),
  'tcp.options.mptcp.recvkey': uint("Receiver's Key", 8),
  'tcp.options.mptcp.recvtok': uint("Receiver's Token", 4),
  'tcp.options.mptcp.sendrand': uint("Sender's Random Number", 4),
  'tcp.options.mptcp.ipv4': ipv4Address('Advertised IPv4 Address'),
  'tcp.options.mptcp.ipv6': ipv6Address('Advertised IPv6 Address'),
  'tcp.options.tfo': node('TCP Option - Fast Open'),
  'tcp.options.tfo.request': node('Fast Open Cookie Request'),
  'tcp.options.tfo.cookie': byteArray('Fast Open Cookie'),
  'tcp.options.experimental': node('TCP Option - Experimental'),
  'tcp.options.experimental.exid': hexUint('Experiment Identifier', 2),
  'tcp.options.experimental.data': byteArray('Data'),
  'tcp.options.unknown': node('TCP Option - Unknown'),
  'tcp.options.unknown.payload': byteArray('Payload'),
} as const;
const write = fieldWriter(tcpOptionFields);
type OptionNode = `tcp.options.${string}` & keyof typeof tcpOptionFields;

/** Blocks are in the sender's view of the other side's numbers: shown relative to those. */
function sack(d: Dissection, at: number, end: number): string {
  const base = d.quoted ? 0 : (d.context.acknowledgementBase ?? 0);
  let info = '';
  let count = 0;
  for (let block = at + 2; block + 8 <= end; block += 8) {
    const left = (u32(d.bytes, block) - base) >>> 0;
    const right = (u32(d.bytes, block + 4) - base) >>> 0;
    const suffix = base === 0 ? '' : ' (relative)';
    d.add('tcp.options.sack_le', `left edge = ${left}${suffix}`, left, block, 4);
    d.add('tcp.options.sack_re', `right edge = ${right}${suffix}`, right, block + 4, 4);
    info += ` SLE=${left} SRE=${right}`;
    count++;
  }
  write.derived(d, 'tcp.options.sack.count', count);
  return info;
}

function multipath(d: Dissection, at: number, length: number): void {
  if (length < 3) return;
  const subtype = write.uint(d, 'tcp.options.mptcp.subtype', at + 2);
  if (subtype === 0) {
    write.uint(d, 'tcp.options.mptcp.version', at + 2);
    if (length >= 12) write.uint64(d, 'tcp.options.mptcp.sendkey', at + 4);
    if (length >= 20) write.uint64(d, 'tcp.options.mptcp.recvkey', at + 12);
  } else if (subtype === 1 && length === 12) {
    write.uint(d, 'tcp.options.mptcp.addrid', at + 3);
    write.uint(d, 'tcp.options.mptcp.recvtok', at + 4);
    write.uint(d, 'tcp.options.mptcp.sendrand', at + 8);
  } else if (subtype === 3 && length >= 8) {
    write.uint(d, 'tcp.options.mptcp.addrid', at + 3);
    if (length >= 20) write.ipv6(d, 'tcp.options.mptcp.ipv6', at + 4);
    else write.ipv4(d, 'tcp.options.mptcp.ipv4', at + 4);
  }
}

/** RFC 7413: without a cookie it is a request for one. */
function fastOpen(d: Dissection, at: number, length: number): { info: string; label: string } {
  if (length === 0) {
    d.add('tcp.options.tfo.request', 'Fast Open Cookie Request', null, at, 0);
    return { info: ' TFO=R', label: ': Cookie Request' };
  }
  write.bytes(d, 'tcp.options.tfo.cookie', at, length);
  return { info: ' TFO=C', label: ': Cookie' };
}

/** Fields after kind and length; gives what Info says about the option, with a space in front. `label` is the node's addition. */
function body(d: Dissection, kind: number, at: number, length: number): { info: string; label: string } {
  const plain = { info: '', label: '' };
  if (kind === 2 && length === 4) {
    const value = write.uint(d, 'tcp.options.mss_val', at + 2);
    return { info: ` MSS=${value}`, label: `: ${value} bytes` };
  }
  if (kind === 3 && length === 3) {
    const shift = write.uint(d, 'tcp.options.wscale.shift', at + 2);
    const factor = 2 ** Math.min(shift, 14);
    write.derived(d, 'tcp.options.wscale.multiplier', factor, undefined, at + 2, 1);
    return { info: ` WS=${factor}`, label: `: ${shift} (multiply by ${factor})` };
  }
  if (kind === 4) return { info: ' SACK_PERM', label: '' };
  if (kind === 5) {
    const info = sack(d, at, at + length);
    return { info, label: info.replace(/ SLE=(\d+) SRE=(\d+)/g, ' $1-$2') };
  }
  if (kind === 8 && length === 10) {
    const value = write.uint(d, 'tcp.options.timestamp.tsval', at + 2);
    const echo = write.uint(d, 'tcp.options.timestamp.tsecr', at + 6);
    return { info: ` TSval=${value} TSecr=${echo}`, label: `: TSval ${value}, TSecr ${echo}` };
  }
  if ((kind === 6 || kind === 7) && length === 6)
    return { info: ` ${kind === 6 ? 'ECHO' : 'ECHOREPLY'}=${write.uint(d, 'tcp.options.echo_value', at + 2)}`, label: '' };
  if (kind >= 11 && kind <= 13 && length === 6) {
    return { info: ` ${['CC', 'CCNEW', 'CCECHO'][kind - 11]}=${write.uint(d, 'tcp.options.cc_value', at + 2)}`, label: '' };
  }
  if (kind === 19 && length === 18) {
    write.bytes(d, 'tcp.options.md5.digest', at + 2, 16);
    return { info: ' MD5', label: '' };
  }
  if (kind === 27 && length === 8) {
    write.uint(d, 'tcp.options.qs.rate', at + 2);
    write.uint(d, 'tcp.options.qs.ttl_diff', at + 3);
  } else if (kind === 28 && length === 4) {
    write.flag(d, 'tcp.options.user_to_granularity', at + 2);
    write.uint(d, 'tcp.options.user_to_val', at + 2);
    return { info: ` USER_TO=${u16(d.bytes, at + 2)}`, label: '' };
  } else if (kind === 29 && length > 4) {
    write.uint(d, 'tcp.options.ao.keyid', at + 2);
    write.uint(d, 'tcp.options.ao.rnextkeyid', at + 3);
    write.bytes(d, 'tcp.options.ao.mac', at + 4, length - 4);
    return { info: ' AO', label: '' };
  } else if (kind === 30) {
    multipath(d, at, length);
  } else if (kind === 34) {
    return fastOpen(d, at + 2, length - 2);
  } else if (kind >= 253 && length >= 4) {
    if (write.uint(d, 'tcp.options.experimental.exid', at + 2) === FAST_OPEN_EXPERIMENT) return fastOpen(d, at + 4, length - 4);
    if (length > 4) write.bytes(d, 'tcp.options.experimental.data', at + 4, length - 4);
  } else if (kinds[kind] === undefined && length > 2) {
    write.bytes(d, 'tcp.options.unknown.payload', at + 2, length - 2);
  }
  return plain;
}

/** Options from start to end; gives what Info says of them. */
export function tcpOptions(d: Dissection, start: number, end: number): string {
  const names: string[] = [];
  let info = '';
  const list = d.open('tcp.options', '', d.bytes.subarray(start, end), start, end - start);
  for (let at = start; at < end && !d.full; ) {
    const kind = u8(d.bytes, at);
    const { title, node: name } = kinds[kind] ?? { title: `Unknown (${kind})`, node: 'tcp.options.unknown' as const };
    const length = kind < 2 ? 1 : u8(d.bytes, at + 1);
    if (kind >= 2 && (at + 1 >= end || length < 2 || at + length > end)) {
      d.add('', `TCP Option - ${title} (length ${length} does not fit in ${end - at} bytes)`, null, at, end - at);
      break;
    }
    names.push(title);
    const option = d.open(name, `TCP Option - ${title}`, null, at, length);
    write.uint(d, 'tcp.option_kind', at);
    if (kind >= 2) {
      write.uint(d, 'tcp.option_len', at + 1);
      const said = body(d, kind, at, length);
      option.label += said.label;
      info += said.info;
    }
    d.close();
    at += length;
  }
  list.label = `Options: (${end - start} bytes)${names.length > 0 ? `, ${names.join(', ')}` : ''}`;
  d.close();
  return info;
}
