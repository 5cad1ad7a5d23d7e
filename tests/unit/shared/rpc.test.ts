import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src/shared/base/result';
import { RpcClient } from '../../../src/shared/rpc/client';
import { memoryPair } from '../../../src/shared/rpc/memory-pair';
import type { RpcPort } from '../../../src/shared/rpc/port';
import { type CallHandler, RpcServer } from '../../../src/shared/rpc/server';

type Calls = { [name: string]: { args: unknown; result: unknown } };
type Topics = { count: number };

function connected(calls: Readonly<Record<string, CallHandler>>, topics: Readonly<Record<string, () => unknown>> = {}) {
  const [serverEnd, clientEnd] = memoryPair();
  return { server: new RpcServer(serverEnd, calls, topics), client: new RpcClient<Calls, Topics>(clientEnd) };
}

/** One end in the test's hands: what is posted to it is kept, what the test gives is received at once. */
function handMadePort(): RpcPort & { readonly posted: Record<string, unknown>[]; give(message: unknown): void } {
  let handler: (message: unknown) => void = () => undefined;
  const posted: Record<string, unknown>[] = [];
  return {
    posted,
    give: (message) => handler(message),
    post: (message) => void posted.push(message as Record<string, unknown>),
    listen: (listener) => {
      handler = listener;
    },
    close: () => undefined,
  };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no problem',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : `not a problem: ${error}`),
  );

const turns = async (count = 5): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve));
};

describe('a call', () => {
  it('is answered, in whatever order the answers come', async () => {
    const { client } = connected({ wait: (args) => turns(args as number).then(() => args) });
    expect(await Promise.all([client.call('wait', 3), client.call('wait', 0), client.call('wait', 1)])).toEqual([3, 0, 1]);
  });

  it('carries problems as they are, and other failures as a sentence without a stack', async () => {
    const { client } = connected({
      expected: () => {
        throw new ProblemError({ code: 'mine', sentence: 'This is so.', next: 'Do that.' });
      },
      unexpected: () => Promise.reject(new TypeError('x is undefined')),
    });
    await expect(client.call('expected', {})).rejects.toMatchObject({
      problem: { code: 'mine', sentence: 'This is so.', next: 'Do that.' },
    });
    await expect(client.call('unexpected', {})).rejects.toMatchObject({
      problem: { code: 'internal', sentence: 'The engine failed at "unexpected": x is undefined.' },
    });
    expect(await codeOf(client.call('none', {}))).toBe('unknown-call');
  });

  it('can be cancelled: the caller is free at once, the handler is told, its answer is not sent', async () => {
    let told = false;
    const { client } = connected({
      slow: async (_, signal) => {
        signal.addEventListener('abort', () => {
          told = true;
        });
        await turns(3);
        return 'late';
      },
      quick: () => 'quick',
    });
    const abort = new AbortController();
    const slow = codeOf(client.call('slow', {}, abort.signal));
    await turns(1);
    abort.abort();
    expect(await slow).toBe('cancelled');
    expect(await client.call('quick', {})).toBe('quick');
    expect(told).toBe(true);
    expect(await codeOf(client.call('quick', {}, abort.signal))).toBe('cancelled');
  });

  it('beyond 256 open ones is refused', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { client } = connected({ wait: () => finished });
    const calls = Array.from({ length: 257 }, () => codeOf(client.call('wait', {})));
    expect(await calls[256]).toBe('busy');
    finish();
    expect(new Set(await Promise.all(calls.slice(0, 256)))).toEqual(new Set(['no problem']));
  });

  it('is rejected when the other side is gone', async () => {
    const { client } = connected({ wait: () => turns(10_000) });
    const call = codeOf(client.call('wait', {}));
    client.fail('engine-gone', 'The engine stopped.');
    expect(await call).toBe('engine-gone');
  });
});

describe('a subscription', () => {
  it('gets the present value, then at most one at a time, the newest', async () => {
    let value = 0;
    const { server, client } = connected({}, { count: () => value });
    const seen: number[] = [];
    let acknowledge = (): void => undefined;
    const stop = client.subscribe('count', (count) => {
      seen.push(count);
      return new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
    });
    await turns();
    for (value = 1; value <= 100; value++) server.publish('count');
    await turns();
    expect(seen).toEqual([0]);
    value = 7;
    acknowledge();
    await turns();
    expect(seen).toEqual([0, 7]);
    acknowledge();
    await turns();
    expect(seen).toEqual([0, 7]);
    stop();
    await turns();
    server.publish('count');
    await turns();
    expect(seen).toEqual([0, 7]);
  });

  it('to what does not exist is none', async () => {
    const { server, client } = connected({}, { count: () => 1 });
    client.subscribe('constructor' as 'count', () => expect.fail('an event came'));
    server.publish('constructor');
    await turns();
  });
});

describe('the order of messages', () => {
  it('a gap in what the client sends is thrown', () => {
    const port = handMadePort();
    new RpcServer(port, { echo: (args) => args }, {});
    port.give({ sequence: 0, verb: 'call', id: 1, name: 'echo', args: 1 });
    expect(() => port.give({ sequence: 2, verb: 'call', id: 2, name: 'echo', args: 1 })).toThrow('request 2 came as number 1');
  });

  it('a gap in what the server sends is thrown', () => {
    const port = handMadePort();
    new RpcClient<Calls, Topics>(port);
    expect(() => port.give({ sequence: 1, verb: 'event', id: 1, value: 1 })).toThrow('response 1 came as number 0');
  });

  it('both sides number what they send from 0', async () => {
    const port = handMadePort();
    const server = new RpcServer(port, { echo: (args) => args }, { count: () => 9 });
    port.give({ sequence: 0, verb: 'subscribe', id: 1, topic: 'count' });
    port.give({ sequence: 1, verb: 'call', id: 2, name: 'echo', args: 'a' });
    await turns();
    expect(port.posted).toEqual([
      { sequence: 0, verb: 'event', id: 1, value: 9 },
      { sequence: 1, verb: 'result', id: 2, value: 'a' },
    ]);
    server.close();
  });

  it.each([
    null,
    7,
    'call',
    [],
    {},
    { sequence: 0, verb: 'run', id: 1 },
    { sequence: 0.5, verb: 'cancel', id: 1 },
    { sequence: 0, verb: 'call', id: 1 },
  ])('what is no message is not looked at: %j', async (message) => {
    const port = handMadePort();
    new RpcServer(port, { echo: (args) => args }, {});
    port.give(message);
    port.give({ sequence: 0, verb: 'call', id: 1, name: 'echo', args: 'still here' });
    await turns();
    expect(port.posted).toMatchObject([{ verb: 'result', value: 'still here' }]);
  });
});

it('the in-memory wire copies what it carries, as a real one does', async () => {
  const [a, b] = memoryPair();
  const sent = { list: [1] };
  a.post(sent);
  sent.list.push(2);
  await turns();
  const received: unknown[] = [];
  b.listen((message) => received.push(message));
  expect(received).toEqual([{ list: [1] }]);
});
