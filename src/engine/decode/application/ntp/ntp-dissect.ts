import { formatIpv4 } from '../../../../shared/model/addresses';
import type { Dissection } from '../../tree/dissection';
import { u8, u16, u32 } from '../bytes';
import { Layer, readable, say, utcTime, utf8 } from '../layer';
import { ntpOwner } from './ntp-fields';

/** NTP's era 0 begins in 1900; times whose first bit is clear are era 1, from 2036. */
const ERA_0 = -2_208_988_800;
const ERA_1 = 2_085_978_496;
const HEADER = 48;
const MODE_CONTROL = 6;
const MODE_PRIVATE = 7;

const modes: readonly string[] = [
  'reserved',
  'symmetric active',
  'symmetric passive',
  'client',
  'server',
  'broadcast',
  'control',
  'private',
];
const leaps: readonly string[] = [
  'no warning',
  'last minute of the day has 61 seconds',
  'last minute of the day has 59 seconds',
  'unknown (clock unsynchronized)',
];
const controlOpcodes: Readonly<Record<number, string>> = {
  0: 'UNSPEC',
  1: 'READSTAT',
  2: 'READVAR',
  3: 'WRITEVAR',
  4: 'READCLOCK',
  5: 'WRITECLOCK',
  6: 'SETTRAP',
  7: 'ASYNCMSG',
  8: 'CONFIGURE',
  9: 'SAVECONFIG',
  10: 'READ_MRU',
  11: 'READ_ORDLIST_A',
  12: 'REQ_NONCE',
  31: 'UNSETTRAP',
};
const requestCodes: Readonly<Record<number, string>> = {
  0: 'PEER_LIST',
  1: 'PEER_LIST_SUM',
  2: 'PEER_INFO',
  3: 'PEER_STATS',
  4: 'SYS_INFO',
  5: 'SYS_STATS',
  6: 'IO_STATS',
  7: 'MEM_STATS',
  8: 'LOOP_INFO',
  9: 'TIMER_STATS',
  10: 'CONFIG',
  11: 'UNCONFIG',
  16: 'GET_RESTRICT',
  17: 'RESADDFLAGS',
  18: 'RESSUBFLAGS',
  19: 'UNRESTRICT',
  20: 'MON_GETLIST',
  21: 'RESET_STATS',
  28: 'REQUEST_KEY',
  35: 'GET_CTLSTATS',
  42: 'MON_GETLIST_1',
};
const stratumText = (value: number): string =>
  value === 0
    ? 'unspecified or invalid'
    : value === 1
      ? 'primary reference'
      : value < 16
        ? 'secondary reference'
        : value === 16
          ? 'unsynchronized'
          : 'reserved';

export function dissectNtp(d: Dissection, start: number, end: number): void {
  const first = u8(d.bytes, start);
  const mode = first & 7;
  const version = (first >>> 3) & 7;
  const kind = `NTP Version ${version}, ${modes[mode]}`;
  const layer = new Layer(d, ntpOwner, start, end, `${ntpOwner.title} (${kind})`);
  flags(layer, first, mode);
  if (mode === MODE_CONTROL) control(layer);
  else if (mode === MODE_PRIVATE) privateMessage(layer);
  else standard(layer, version);
  layer.finish();
  say(d, kind);
}

function flags(layer: Layer, first: number, mode: number): void {
  const node = layer.open('ntp.flags', `Flags: 0x${first.toString(16).padStart(2, '0')}`, 1, first);
  layer.take(1);
  if (mode === MODE_PRIVATE) {
    layer.bits('ntp.priv.flags.r', first, 1, 0x80, { 0: 'Request', 1: 'Response' });
    layer.bits('ntp.priv.flags.more', first, 1, 0x40);
  } else layer.bits('ntp.flags.li', first, 1, 0xc0, (value) => `${leaps[value]} (${value})`);
  layer.bits('ntp.flags.vn', first, 1, 0x38, (value) => `NTP Version ${value} (${value})`);
  layer.bits('ntp.flags.mode', first, 1, 0x07, (value) => `${modes[value]} (${value})`);
  layer.close(node);
}

function standard(layer: Layer, version: number): void {
  const stratum = layer.uint('ntp.stratum', 1, stratumText);
  const poll = layer.take(1);
  if (poll >= 0) {
    const exponent = u8(layer.bytes, poll);
    layer.add('ntp.ppoll', exponent, exponent <= 17 ? `${exponent} (${2 ** exponent} seconds)` : `invalid (${exponent})`, poll, 1);
  }
  const precision = layer.take(1);
  if (precision >= 0) {
    const exponent = (u8(layer.bytes, precision) << 24) >> 24;
    layer.add('ntp.precision', exponent, `${(2 ** exponent).toFixed(6)} seconds`, precision, 1);
  }
  shortTime(layer, 'ntp.rootdelay');
  shortTime(layer, 'ntp.rootdispersion');
  referenceId(layer, stratum);
  for (const stamp of ['reftime', 'org', 'rec', 'xmt']) timestamp(layer, `ntp.${stamp}`);
  if (version === 4) extensions(layer);
  if (layer.left >= 4) {
    layer.data('ntp.keyid', 4);
    if (layer.left > 0) layer.data('ntp.mac', layer.left);
  }
}

/** 16.16 fixed point seconds. */
function shortTime(layer: Layer, name: string): void {
  const at = layer.take(4);
  if (at < 0) return;
  const value = u32(layer.bytes, at);
  layer.add(name, value, `${(u16(layer.bytes, at) + u16(layer.bytes, at + 2) / 65536).toFixed(6)} seconds`, at, 4);
}

function referenceId(layer: Layer, stratum: number): void {
  const at = layer.take(4);
  if (at < 0) return;
  const word = u32(layer.bytes, at);
  const text =
    stratum > 1 ? formatIpv4(word) : word === 0 ? '(Initialization)' : readable(utf8(layer.bytes, at, at + 4).replace(/\0+$/, ''));
  layer.add('ntp.refid', layer.bytes.subarray(at, at + 4), text, at, 4);
}

function timestamp(layer: Layer, name: string): void {
  const at = layer.take(8);
  if (at < 0) return;
  const seconds = u32(layer.bytes, at);
  const fraction = u32(layer.bytes, at + 4);
  const epoch = seconds + (seconds >= 0x80000000 ? ERA_0 : ERA_1);
  const nanoseconds = Math.floor((fraction / 0x100000000) * 1e9);
  const isNull = seconds === 0 && fraction === 0;
  layer.add(name, isNull ? 0 : epoch + nanoseconds / 1e9, isNull ? 'NULL' : utcTime(epoch, nanoseconds), at, 8);
}

/** RFC 7822: type, length of the whole, value. What is too short for one is a MAC. */
function extensions(layer: Layer): void {
  while (layer.more && layer.left >= 28) {
    const length = u16(layer.bytes, layer.at + 2);
    if (length < 16 || length % 4 !== 0 || length > layer.left) return;
    const node = layer.open('ntp.ext', 'Extension', length);
    layer.hex('ntp.ext.type', 2);
    layer.uint('ntp.ext.length', 2);
    layer.data('ntp.ext.value', length - 4);
    layer.close(node);
  }
}

function control(layer: Layer): void {
  const flags2 = u8(layer.bytes, layer.at);
  const node = layer.open('ntp.ctrl.flags2', `Flags 2: 0x${flags2.toString(16).padStart(2, '0')}`, 1, flags2);
  layer.take(1);
  layer.bits('ntp.ctrl.flags2.r', flags2, 1, 0x80, { 0: 'Request', 1: 'Response' });
  layer.bits('ntp.ctrl.flags2.error', flags2, 1, 0x40);
  layer.bits('ntp.ctrl.flags2.more', flags2, 1, 0x20);
  layer.bits('ntp.ctrl.flags2.opcode', flags2, 1, 0x1f, controlOpcodes);
  layer.close(node);
  layer.uint('ntp.ctrl.sequence', 2);
  layer.hex('ntp.ctrl.status', 2);
  layer.uint('ntp.ctrl.associd', 2);
  layer.uint('ntp.ctrl.offset', 2);
  const count = layer.uint('ntp.ctrl.count', 2);
  if (count > 0) layer.data('ntp.ctrl.data', Math.min(count, layer.left));
  if (layer.left >= HEADER / 4) layer.data('ntp.mac', layer.left);
}

function privateMessage(layer: Layer): void {
  const sequence = layer.hex('ntp.priv.auth_seq', 1);
  layer.bits('ntp.priv.auth', sequence, 1, 0x80);
  layer.bits('ntp.priv.seq', sequence, 1, 0x7f);
  layer.uint('ntp.priv.impl', 1, { 0: 'UNIV', 2: 'XNTPD_OLD (pre-IPv6)', 3: 'XNTPD' });
  layer.uint('ntp.priv.reqcode', 1, requestCodes);
  if (layer.left < 4) return;
  const error = u16(layer.bytes, layer.at);
  layer.take(2);
  layer.add('ntp.priv.err', error >>> 12, `0x${(error >>> 12).toString(16)}`, layer.at - 2, 1);
  layer.add('ntp.priv.numitems', error & 0xfff, String(error & 0xfff), layer.at - 2, 2);
  const size = layer.uint('ntp.priv.itemsize', 2) & 0xfff;
  const length = Math.min(layer.left, (error & 0xfff) * size);
  layer.rest('Data', length);
}
