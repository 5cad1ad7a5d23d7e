import { z } from 'zod';
import type { LiveCalls } from '../../shared/contract/live';
import type { SshCalls } from '../../shared/contract/ssh';
import { REPLAY_SPEEDS } from '../../shared/model/replay';
import type { Engine } from '../engine';
import { interfaceCounters } from './interface-counters';

type Calls = LiveCalls & SshCalls;
type Schemas = { [K in keyof Calls]: z.ZodType<Calls[K]['args']> };
type Handlers = {
  [K in keyof Calls]: (args: Calls[K]['args'], signal: AbortSignal) => Promise<Calls[K]['result']> | Calls[K]['result'];
};

const MAX_PATH = 32_768;
const MAX_CAPTURE_FILTER = 10_000;
/** Linux has 15, Windows' names are identifiers in braces. */
const MAX_INTERFACE = 256;
const MAX_STEP = 1_000_000;
/** User, host name and port. */
const MAX_TARGET = 600;
/** Of a password or another answer; as long as a kept secret may be. */
const MAX_ANSWER = 8192;
const MAX_ANSWERS = 64;

const nothing = z.strictObject({});
const path = z.string().min(1).max(MAX_PATH);
const filter = z.string().max(MAX_CAPTURE_FILTER);
const snapLength = z.number().int().min(1).max(262_144).nullable();
const speed = z.union(REPLAY_SPEEDS.map((each) => z.literal(each))).nullable();
const id = z.string().max(64);

const sshRequest = z.strictObject({
  kind: z.literal('ssh'),
  target: z.string().min(1).max(MAX_TARGET),
  interface: z.string().min(1).max(MAX_INTERFACE).nullable(),
  filter,
  snapLength,
  identity: path.nullable(),
});

const interfaceRequest = z.strictObject({
  kind: z.literal('interface'),
  interface: z.string().min(1).max(MAX_INTERFACE),
  filter,
  snapLength,
  promiscuous: z.boolean(),
});

const request = z.discriminatedUnion('kind', [
  interfaceRequest,
  sshRequest,
  z.strictObject({ kind: z.literal('demo') }),
  z.strictObject({ kind: z.literal('replay'), path, speed }),
]);

export const liveSchemas: Schemas = {
  'live.interfaces': nothing,
  'live.rates': nothing,
  'live.check': z.strictObject({ filter }),
  'live.start': z.strictObject({ request }),
  'live.add': z.strictObject({ request: z.discriminatedUnion('kind', [interfaceRequest, sshRequest]) }),
  'live.stop': nothing,
  'replay.set': z.strictObject({ speed: speed.exactOptional(), paused: z.boolean().exactOptional() }),
  'replay.step': z.strictObject({ packets: z.number().int().min(1).max(MAX_STEP) }),
  'replay.seek': z.strictObject({ time: z.number() }),
  'ssh.hosts': nothing,
  'ssh.plan': z.strictObject({ request: sshRequest }),
  'ssh.answer': z.strictObject({
    id: z.number().int().min(1),
    answer: z.strictObject({ texts: z.array(z.string().max(MAX_ANSWER)).max(MAX_ANSWERS), remember: z.boolean() }).nullable(),
  }),
  'spool.left': nothing,
  'spool.recover': z.strictObject({ id, path }),
  'spool.discard': z.strictObject({ id }),
};

export const liveCalls = (engine: Engine): Handlers => ({
  'live.interfaces': () => engine.live.interfaces(),
  'live.rates': async () => ({ counters: await interfaceCounters() }),
  'live.check': ({ filter: text }) => engine.live.check(text),
  'live.start': ({ request: wanted }) => engine.start(wanted),
  'live.add': ({ request: wanted }) => engine.live.add(wanted),
  'live.stop': () => engine.cancel(),
  'replay.set': (change) => engine.replay.set(change),
  'replay.step': ({ packets }) => engine.replay.step(packets),
  'replay.seek': ({ time }) => engine.replay.seek(time),
  'ssh.hosts': () => engine.live.sshHosts(),
  'ssh.plan': ({ request: wanted }, signal) => engine.live.plan(wanted, signal),
  'ssh.answer': ({ id: question, answer }) => engine.answerSsh(question, answer),
  'spool.left': () => engine.live.left(),
  'spool.recover': ({ id: spool, path: file }) => engine.live.recover(spool, file),
  'spool.discard': ({ id: spool }) => engine.live.discard(spool),
});
