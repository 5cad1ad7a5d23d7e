import { describe, expect, it } from 'vitest';
import { EngineClient, problemOf } from '../../../../src/renderer/client/engine-client';
import { memoryPair } from '../../../../src/shared/rpc/memory-pair';
import { RpcServer } from '../../../../src/shared/rpc/server';

function serve(answer: () => unknown) {
  const [page, engine] = memoryPair();
  new RpcServer(engine, { 'session.cancel': answer }, { tick: () => ({ packets: 1 }) });
  return page;
}

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error) => problemOf(error).code,
  );

describe('the engine client', () => {
  it('keeps calls until there is an engine', async () => {
    const client = new EngineClient();
    const answer = client.call('session.cancel', {});
    client.connect(
      serve(() => null),
      async () => {},
    );
    expect(await answer).toBeNull();
  });

  it('is idle when nobody waits for an answer', async () => {
    const client = new EngineClient();
    expect(client.isIdle).toBe(true);
    const early = client.call('session.cancel', {});
    expect(client.isIdle).toBe(false);
    client.connect(
      serve(() => null),
      async () => {},
    );
    expect(client.isIdle).toBe(false);
    await early;
    expect(client.isIdle).toBe(true);
    client.connect(
      serve(() => new Promise(() => {})),
      async () => {},
    );
    const lost = code(client.call('session.cancel', {}));
    expect(client.isIdle).toBe(false);
    client.disconnect({ code: 'engine-ended', sentence: 'It ended.' });
    await lost;
    expect(client.isIdle).toBe(true);
  });

  it('answers what was under way when the engine ended, and goes on with the next one', async () => {
    const client = new EngineClient();
    client.connect(
      serve(() => new Promise(() => {})),
      async () => {},
    );
    const lost = code(client.call('session.cancel', {}));
    client.disconnect({ code: 'engine-ended', sentence: 'It ended.' });
    expect(await lost).toBe('engine-ended');
    const next = client.call('session.cancel', {});
    client.connect(
      serve(() => null),
      async () => {},
    );
    expect(await next).toBeNull();
  });

  it('answers what waits when no engine will come', async () => {
    const client = new EngineClient();
    const waiting = code(client.call('session.cancel', {}));
    client.giveUp({ code: 'engine-ended', sentence: 'It ended.' });
    expect(await waiting).toBe('engine-ended');
  });

  it('takes ticks at the pace of the page', async () => {
    const client = new EngineClient();
    const ticks: unknown[] = [];
    let paint = (): void => {};
    await new Promise<void>((first) => {
      client.connect(
        serve(() => null),
        (tick) => {
          ticks.push(tick);
          first();
          return new Promise((resolve) => {
            paint = resolve;
          });
        },
      );
    });
    expect(ticks).toEqual([{ packets: 1 }]);
    paint();
  });
});
