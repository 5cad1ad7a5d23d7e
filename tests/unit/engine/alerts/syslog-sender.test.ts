import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { octetCounted, sendSyslog } from '../../../../src/engine/alerts/syslog-sender';

const MESSAGES = ['<107>1 - - portlight - port_scan - first', '<107>1 - - portlight - port_scan - sécond\nline'];

describe('syslog over the network', () => {
  it('is octet-counted over TCP', async () => {
    let received = '';
    const server = createServer((socket) => socket.setEncoding('utf8').on('data', (text) => (received += text)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await sendSyslog(MESSAGES, { transport: 'tcp', host: '127.0.0.1', port })).toEqual({ ok: true, value: 2 });
    await expect.poll(() => received).toBe(MESSAGES.map(octetCounted).join(''));
    expect(octetCounted('é')).toBe('2 é');
    server.close();
    await once(server, 'close');
    expect(await sendSyslog(MESSAGES, { transport: 'tcp', host: '127.0.0.1', port })).toMatchObject({
      ok: false,
      problem: { code: 'syslog-failed' },
    });
  });

  it('is one datagram a message over UDP', async () => {
    const socket = createSocket('udp4');
    const received: string[] = [];
    socket.on('message', (bytes) => received.push(bytes.toString('utf8')));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    expect(await sendSyslog(MESSAGES, { transport: 'udp', host: '127.0.0.1', port })).toEqual({ ok: true, value: 2 });
    await expect.poll(() => received).toEqual(MESSAGES);
    socket.close();
  });
});
