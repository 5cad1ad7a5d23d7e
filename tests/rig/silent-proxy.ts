import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a port of 127.0.0.1 that can go dead as a network does: nothing passes any more, and neither end is told. */
export class SilentProxy {
  readonly port: number;
  /** Refuses new connections while true. */
  closed = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(to: number): Promise<SilentProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const proxy = new SilentProxy(server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('connection', (near) => proxy.#join(near, to));
    return proxy;
  }

  #join(near: Socket, to: number): void {
    if (this.closed) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => {});
      one.pipe(other);
    }
  }

  /** For the connections that there are. */
  goDead(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
