import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const [CALL, REPLY] = [0, 1] as const;
const RPC_VERSION = 2;
const CALL_HEADER = 24;
const REPLY_HEADER = 12;
/** Over TCP each fragment has a length of 31 bits; this many bytes are believed. */
const MAX_FRAGMENT = 4 * 1024 * 1024;
/** RFC 5531, section 8.2. */
const MAX_BODY = 400;
const LAST_FRAGMENT = 0x80000000;

const rpcName = protocolNames.id('RPC');
/** Programs (IANA rpc-program-numbers) and what Wireshark calls them. */
const programs: Readonly<Record<number, readonly [column: string, title: string]>> = {
  100000: ['Portmap', 'Portmap'],
  100003: ['NFS', 'Network File System'],
  100005: ['MOUNT', 'Mount Service'],
  100021: ['NLM', 'Network Lock Manager Protocol'],
  100024: ['STAT', 'Network Status Monitor Protocol'],
  100004: ['YPSERV', 'Yellow Pages Service'],
  100011: ['RQUOTA', 'Remote Quota'],
  100227: ['NFSACL', 'NFSACL'],
};
const columns: Readonly<Record<number, number>> = Object.fromEntries(
  Object.entries(programs).map(([number, [column]]) => [number, protocolNames.id(column)]),
);
const procedures: Readonly<Record<string, readonly string[]>> = {
  'NFS 3': [
    'NULL',
    'GETATTR',
    'SETATTR',
    'LOOKUP',
    'ACCESS',
    'READLINK',
    'READ',
    'WRITE',
    'CREATE',
    'MKDIR',
    'SYMLINK',
    'MKNOD',
    'REMOVE',
    'RMDIR',
    'RENAME',
    'LINK',
    'READDIR',
    'READDIRPLUS',
    'FSSTAT',
    'FSINFO',
    'PATHCONF',
    'COMMIT',
  ],
  'NFS 2': [
    'NULL',
    'GETATTR',
    'SETATTR',
    'ROOT',
    'LOOKUP',
    'READLINK',
    'READ',
    'WRITECACHE',
    'WRITE',
    'CREATE',
    'REMOVE',
    'RENAME',
    'LINK',
    'SYMLINK',
    'MKDIR',
    'RMDIR',
    'READDIR',
    'STATFS',
  ],
  'NFS 4': ['NULL', 'COMPOUND'],
  'Portmap 2': ['NULL', 'SET', 'UNSET', 'GETPORT', 'DUMP', 'CALLIT'],
  'Portmap 3': ['NULL', 'SET', 'UNSET', 'GETADDR', 'DUMP', 'CALLIT', 'GETTIME', 'UADDR2TADDR', 'TADDR2UADDR'],
  'MOUNT 3': ['NULL', 'MNT', 'DUMP', 'UMNT', 'UMNTALL', 'EXPORT'],
};
const acceptStates: Readonly<Record<number, string>> = {
  0: 'RPC executed successfully',
  1: "remote hasn't exported program",
  2: "remote can't support version #",
  3: "program can't support procedure",
  4: "procedure can't decode params",
  5: 'system error',
};
const flavors: Readonly<Record<number, string>> = { 0: 'AUTH_NULL', 1: 'AUTH_UNIX', 2: 'AUTH_SHORT', 3: 'AUTH_DES', 6: 'RPCSEC_GSS' };

const isCall = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= CALL_HEADER &&
  u32(bytes, at + 4) === CALL &&
  u32(bytes, at + 8) === RPC_VERSION &&
  programs[u32(bytes, at + 12)] !== undefined &&
  u32(bytes, at + 16) <= 10;
const isReply = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= REPLY_HEADER && u32(bytes, at + 4) === REPLY && u32(bytes, at + 8) <= 1;

/** Over TCP a record mark of four bytes comes first: the top bit and a length that fits. */
const hasMark = (bytes: Uint8Array, start: number): boolean =>
  u8(bytes, start) >= 0x80 && (u32(bytes, start) & 0x7fffffff) >= REPLY_HEADER && (u32(bytes, start) & 0x7fffffff) <= MAX_FRAGMENT;

/** Replies do not say of which program they are: the flow's last call does. */
function message(bytes: Uint8Array, at: number, end: number, conversation: Conversation, summary: MessageSummary): boolean {
  if (isCall(bytes, at, end)) conversation.state = u32(bytes, at + 12);
  else if (!isReply(bytes, at, end) || conversation.state === 0) return false;
  summary.protocol = columns[conversation.state] ?? rpcName;
  return true;
}

function dissect(d: Dissection, start: number, end: number): void {
  const overTcp = d.root.some((node) => node.name === 'tcp') && hasMark(d.bytes, start);
  const layer = new Layer(d, sunRpc, start, end);
  if (overTcp) {
    const mark = u32(layer.bytes, start);
    layer.take(4);
    layer.bits('rpc.lastfrag', mark, 4, LAST_FRAGMENT, { 0: 'No', 1: 'Yes' });
    layer.add('rpc.fraglen', mark & ~LAST_FRAGMENT, String(mark & ~LAST_FRAGMENT), start, 4);
  }
  layer.hex('rpc.xid', 4);
  const type = layer.uint('rpc.msgtyp', 4, { 0: 'Call', 1: 'Reply' });
  if (type === CALL) call(layer);
  else reply(layer);
  if (!layer.failed) layer.rest('Data');
  layer.finish();
}

function call(layer: Layer): void {
  layer.uint('rpc.version', 4);
  const program = layer.uint('rpc.program', 4, (value) => programs[value]?.[0]);
  const version = layer.uint('rpc.programversion', 4);
  const [column, title] = programs[program] ?? ['RPC', 'Remote Procedure Call'];
  const procedure = layer.uint('rpc.procedure', 4, (value) => procedures[`${column} ${version}`]?.[value]);
  layer.node.label = `Remote Procedure Call, Type: Call, Program: ${title}`;
  say(layer.d, `V${version} ${procedures[`${column} ${version}`]?.[procedure] ?? `proc-${procedure}`} Call`);
  for (const part of ['Credentials', 'Verifier']) authentication(layer, part);
}

function reply(layer: Layer): void {
  const accepted = layer.uint('rpc.replystat', 4, { 0: 'accepted', 1: 'denied' }) === 0;
  if (accepted) {
    authentication(layer, 'Verifier');
    layer.uint('rpc.state_accept', 4, acceptStates);
  }
  layer.node.label = 'Remote Procedure Call, Type: Reply';
  say(layer.d, accepted ? `${layer.d.context.protocol} Reply` : 'Reply: denied');
}

function authentication(layer: Layer, title: string): void {
  if (layer.left < 8) return;
  const length = u32(layer.bytes, layer.at + 4);
  const node = layer.open('', title);
  layer.uint('rpc.auth.flavor', 4, flavors);
  layer.uint('rpc.auth.length', 4);
  layer.rest('Body', Math.min(length, MAX_BODY));
  layer.close(node);
}

/** RFC 5531: of the programs, headers and procedure names; their arguments stay bytes. */
export const sunRpc: ApplicationProtocol = {
  name: 'rpc',
  title: 'Remote Procedure Call',
  udpPorts: [111, 2049],
  tcpPorts: [111, 2049],
  recogniseUdp: (bytes, start, end, conversation) =>
    isCall(bytes, start, end) || (programs[conversation.state] !== undefined && isReply(bytes, start, end)),
  recogniseTcp: (bytes, start, end) => end - start > 4 && hasMark(bytes, start) && isCall(bytes, start + 4, end),
  frame: (bytes, start, end) => (end - start < 4 ? NEED_MORE : hasMark(bytes, start) ? (u32(bytes, start) & 0x7fffffff) + 4 : NOT_MINE),
  summarise: (bytes, start, end, conversation, summary) => {
    const marked = end - start > 4 && hasMark(bytes, start) && u16(bytes, start + 8) === 0 && u32(bytes, start + 8) <= 1;
    return (marked && message(bytes, start + 4, end, conversation, summary)) || message(bytes, start, end, conversation, summary);
  },
  fields: fieldList(
    'rpc',
    'Remote Procedure Call',
    `.fraglen uint Fragment Length
    .lastfrag bool Last Fragment
    .xid uint XID
    .msgtyp uint Message Type
    .version uint RPC Version
    .program uint Program
    .programversion uint Program Version
    .procedure uint Procedure
    .replystat uint Reply State
    .state_accept uint Accept State
    .auth.flavor uint Flavor
    .auth.length uint Length`,
  ),
  dissect,
};
