import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookBody } from '../../src/main/notifications/webhook-body';
import { WebhookQueue } from '../../src/main/notifications/webhook-queue';
import { postWebhook, type WebhookTarget } from '../../src/main/notifications/webhook-request';
import { HookServer, status } from '../builders/hook-server';
import { alertNotice } from '../builders/notices';

let hook: HookServer;
beforeEach(async () => {
  hook = await HookServer.start();
});
afterEach(() => hook.close());

const until = (condition: () => boolean): Promise<void> => expect.poll(condition, { timeout: 10_000 }).toBe(true);
const SOON = [1, 1, 1];

function queueTo(url: string, { secret = null, delays = SOON }: { secret?: string | null; delays?: readonly number[] } = {}): WebhookQueue {
  const target: WebhookTarget = { url, secret };
  return new WebhookQueue({ target: () => target, changed: () => undefined, retryDelays: delays, timeoutMs: 2000 });
}

const body = (index: number): WebhookBody => JSON.parse(hook.received[index]?.body ?? 'null');

describe('what a webhook receives', () => {
  it('is an alert as JSON, with nothing but what docs/webhook.md names', async () => {
    const queue = queueTo(hook.url);
    queue.push(alertNotice({ targetPort: 22 }));
    await until(() => queue.state.delivered === 1);
    expect(hook.received).toHaveLength(1);
    expect(hook.received[0]).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Portlight' },
    });
    expect(hook.received[0]?.headers).not.toHaveProperty('x-portlight-signature');
    expect(body(0)).toEqual({
      schema: 'portlight.webhook',
      version: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sent: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      kind: 'alert',
      text: 'High: Port scan. 203.0.113.9 to 10.0.0.4, port 22, 12 times (scan.pcap)',
      alert: {
        type: 'port_scan',
        severity: 'high',
        time: '2023-11-14T22:13:20.123456789Z',
        sourceIp: '203.0.113.9',
        sourcePort: 41022,
        targetIp: '10.0.0.4',
        targetPort: 22,
        title: 'Port scan',
        count: 12,
        technique: 'T1046',
        capture: 'scan.pcap',
      },
    });
    expect(queue.state).toMatchObject({ delivered: 1, failed: 0, dropped: 0, waiting: 0, last: { ok: true } });
  });

  it('may be a sum of alerts, or a test', async () => {
    const queue = queueTo(hook.url);
    queue.push({ kind: 'summary', count: 14, severity: 'critical', reason: 'many' });
    await until(() => queue.state.delivered === 1);
    expect(await queue.test()).toEqual({ ok: true, code: 'delivered', sentence: 'The webhook answered 204 No Content.' });
    expect([body(0), body(1)]).toMatchObject([
      { kind: 'summary', summary: { count: 14, severity: 'critical', reason: 'many' } },
      { kind: 'test', text: 'Portlight can reach this webhook.' },
    ]);
  });

  it('is signed with the secret, over the very bytes', async () => {
    const queue = queueTo(hook.url, { secret: 'ключ' });
    queue.push(alertNotice({ capture: 'Büro.pcap' }));
    await until(() => queue.state.delivered === 1);
    const bytes = hook.received[0]?.body ?? '';
    const expected = createHmac('sha256', 'ключ').update(bytes).digest('hex');
    expect(hook.received[0]?.headers['x-portlight-signature']).toBe(`sha256=${expected}`);
  });
});

describe('a webhook that fails', () => {
  const once = (url: string, timeoutMs = 5000) => postWebhook({ url, secret: null }, '{}', timeoutMs);

  it.each([
    [302, 'redirected', false],
    [307, 'redirected', false],
    [400, 'rejected', false],
    [401, 'denied', false],
    [404, 'rejected', false],
    [429, 'too-many', true],
    [500, 'server-failed', true],
    [503, 'server-failed', true],
  ])('with %i is %s', async (code, expected, mayRetry) => {
    hook.answer = status(code, { location: `${hook.url}/elsewhere` });
    const outcome = await once(hook.url);
    expect(outcome).toMatchObject({ ok: false, code: expected, mayRetry });
    expect(outcome.sentence).toContain(String(code));
    expect(hook.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('because nobody listens says so', async () => {
    const { url } = hook;
    await hook.close();
    expect(await once(url)).toMatchObject({
      code: 'connection-refused',
      sentence: 'Nothing accepts connections at the address of the webhook.',
      mayRetry: true,
    });
    hook = await HookServer.start();
  });

  it('because it never answers is given up', async () => {
    hook.answer = () => undefined;
    expect(await once(hook.url, 200)).toMatchObject({ code: 'timed-out', sentence: 'The webhook did not answer within 0.2 seconds.' });
  });

  it('because it ends the connection says so', async () => {
    hook.answer = (response) => response.destroy();
    expect(await once(hook.url)).toMatchObject({ code: 'connection-lost', mayRetry: true });
  });

  it('because it speaks no TLS says so', async () => {
    const outcome = await once(hook.url.replace('http:', 'https:'));
    expect(outcome).toMatchObject({ ok: false, code: 'tls-failed' });
  });

  it('because it speaks something else says so', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const outcome = await once(`http://127.0.0.1:${port}/`);
    expect(outcome.ok).toBe(false);
    expect(outcome.sentence).not.toContain('ESMTP');
    server.close();
  });

  it('never has its own words or its address repeated', async () => {
    hook.answer = (response) => response.writeHead(500, '<b>EVIL</b>', { 'x-evil': 'EVIL' }).end('EVIL'.repeat(1000));
    const outcome = JSON.stringify(await once(`${hook.url}?token=T0KEN`));
    expect(outcome).not.toMatch(/EVIL|T0KEN|127\.0\.0\.1/);
  });
});

describe('a webhook that is slow', () => {
  it('with its answer is waited for', async () => {
    hook.answer = (response) => setTimeout(() => response.writeHead(200).end(), 300);
    expect(await queueTo(hook.url).test()).toMatchObject({ ok: true });
  });

  it('with what nobody reads is not', async () => {
    hook.answer = (response) => {
      response.writeHead(200);
      response.write('first byte');
    };
    expect(await queueTo(hook.url).test()).toMatchObject({ ok: true });
  });

  it('makes what comes meanwhile wait, in order, and no more than a hundred', async () => {
    let open: () => void = () => undefined;
    hook.answer = (response) => {
      open = () => response.writeHead(204).end();
    };
    const queue = new WebhookQueue({ target: () => ({ url: hook.url, secret: null }), changed: () => undefined });
    for (let alert = 1; alert <= 130; alert++) queue.push(alertNotice({ count: alert }));
    expect(queue.state).toMatchObject({ waiting: 101, dropped: 29 });
    await until(() => hook.received.length === 1);
    hook.answer = status(204);
    open();
    await until(() => queue.state.delivered === 101);
    expect(hook.received.map((_, index) => body(index).alert?.count)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
  });
});

describe('a message', () => {
  it('is tried again with the same id until it arrives', async () => {
    hook.answer = (response) => response.writeHead(hook.received.length < 3 ? 503 : 200).end();
    const queue = queueTo(hook.url);
    queue.push(alertNotice());
    await until(() => queue.state.delivered === 1);
    expect(hook.received).toHaveLength(3);
    expect(new Set(hook.received.map(({ body: bytes }) => bytes)).size).toBe(1);
    expect(queue.state.failed).toBe(0);
  });

  it('is given up after three more attempts, and the next one has its turn', async () => {
    hook.answer = (response) => response.writeHead(hook.received.length <= 4 ? 500 : 200).end();
    const queue = queueTo(hook.url);
    queue.push(alertNotice({ count: 1 }));
    queue.push(alertNotice({ count: 2 }));
    await until(() => queue.state.delivered === 1);
    expect(hook.received.map((_, index) => body(index).alert?.count)).toEqual([1, 1, 1, 1, 2]);
    expect(queue.state.failed).toBe(1);
  });

  it('is not tried again where that could not help', async () => {
    hook.answer = status(404);
    const queue = queueTo(hook.url);
    queue.push(alertNotice());
    await until(() => queue.state.failed === 1);
    expect(hook.received).toHaveLength(1);
    expect(queue.state.last).toMatchObject({ ok: false, code: 'rejected' });
  });

  it('without an address to go to is counted', async () => {
    const queue = new WebhookQueue({ target: () => null, changed: () => undefined });
    queue.push(alertNotice());
    await until(() => queue.state.failed === 1);
    expect(queue.state.last).toMatchObject({ code: 'no-url', sentence: 'The webhook has no address.' });
  });

  it('that waits for its next attempt is forgotten when the webhook is switched off', async () => {
    hook.answer = status(500);
    const queue = queueTo(hook.url, { delays: [600_000] });
    queue.push(alertNotice());
    queue.push(alertNotice());
    await until(() => hook.received.length === 1 && queue.state.last !== null);
    queue.clear();
    await until(() => queue.state.waiting === 0);
    expect(hook.received).toHaveLength(1);
  });
});
