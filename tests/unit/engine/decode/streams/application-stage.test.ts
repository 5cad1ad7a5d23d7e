import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnFields } from '../../../../../src/engine/exports/packet-fields';
import { FrameFeeder } from '../../../../builders/frame-feeder';
import { ethernet, ipv4, join, tcp } from '../../../../builders/layers';
import {
  dnsAnswer,
  dnsOverTcp,
  dnsQuery,
  httpRequest,
  httpResponse,
  tlsApplicationData,
  tlsClientHello,
  tlsServerHello,
} from '../../../../builders/messages';

interface Stream {
  readonly port: number;
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

const STREAMS: Readonly<Record<string, Stream>> = {
  TLS: {
    port: 443,
    client: join(tlsClientHello({ serverName: 'split.example', alpn: ['h2'], padding: 1500 }), tlsApplicationData(900)),
    server: join(tlsServerHello(), tlsApplicationData(3000), tlsApplicationData(10)),
  },
  HTTP: {
    port: 80,
    client: join(
      httpRequest({ uri: '/one', host: 'split.example', headers: ['Cookie: '.padEnd(600, 'c')] }),
      httpRequest({ method: 'POST', uri: '/two', host: 'split.example', body: 'b'.repeat(700) }),
    ),
    server: join(httpResponse(200, 'x'.repeat(2000)), httpResponse(404)),
  },
  DNS: {
    port: 53,
    client: join(dnsOverTcp(dnsQuery('one.example')), dnsOverTcp(dnsQuery('two.example', { type: 'AAAA' }))),
    server: join(dnsOverTcp(dnsAnswer('one.example', ['192.0.2.1'])), dnsOverTcp(dnsAnswer('two.example', ['2001:db8::7']))),
  },
};

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly backward: boolean;
}

/** The stream in pieces of these sizes, used round and round. */
function pieces(bytes: Uint8Array, sizes: readonly number[], backward: boolean): Piece[] {
  const made: Piece[] = [];
  for (let start = 0, i = 0; start < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    made.push({ start, bytes: bytes.slice(start, start + size), backward });
    start += size;
  }
  return made;
}

/** A session of one connection or of several. */
class Connection {
  readonly feeder = new FrameFeeder();

  open(port: number, client = 4000): this {
    this.#segment(port, client, 'S', 100, 0, new Uint8Array(0), false);
    this.#segment(port, client, 'SA', 500, 101, new Uint8Array(0), true);
    return this;
  }

  send(port: number, { start, bytes, backward }: Piece, client = 4000): this {
    this.#segment(port, client, 'PA', (backward ? 501 : 101) + start, backward ? 101 : 501, bytes, backward);
    return this;
  }

  #segment(port: number, client: number, flags: string, sequence: number, acknowledgement: number, payload: Uint8Array, backward: boolean) {
    const [source, destination] = backward ? ['10.0.0.2', '10.0.0.1'] : ['10.0.0.1', '10.0.0.2'];
    const [sourcePort, destinationPort] = backward ? [port, client] : [client, port];
    const segment = tcp({ sourcePort, destinationPort, flags, sequence, acknowledgement, payload });
    this.feeder.add(ethernet({ payload: ipv4({ source, destination, payload: segment }) }));
  }

  /** What the packets stated, in order, without which packet it was. */
  events(): string[] {
    this.feeder.flush();
    const { events, texts } = this.feeder.tables;
    const text = (index: number | undefined): string => texts.text(index ?? -1);
    return Array.from({ length: events.count }, (_, i) =>
      [events.kind[i], text(events.name[i]), text(events.method[i]), text(events.uri[i]), events.number[i]].join(' ').trim(),
    );
  }

  protocols(): unknown[] {
    this.feeder.flush();
    const { tables } = this.feeder;
    return Array.from({ length: tables.packets.count }, (_, row) => columnFields.protocol?.(tables, row));
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 1460 }), { minLength: 1, maxLength: 6 });

describe.each(Object.entries(STREAMS))('%s in segments', (name, { port, client, server }) => {
  const whole = new Connection().open(port);
  whole.send(port, { start: 0, bytes: client, backward: false }).send(port, { start: 0, bytes: server, backward: true });
  const expected = whole.events();

  it('states the same however it is cut', () => {
    expect(expected.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(sizes, sizes, (clientSizes, serverSizes) => {
        const connection = new Connection().open(port);
        for (const piece of [...pieces(client, clientSizes, false), ...pieces(server, serverSizes, true)]) connection.send(port, piece);
        expect(connection.events()).toEqual(expected);
        const { pending } = connection.feeder.pipeline.applications;
        expect(pending.abandoned).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('one byte at a time', () => {
    const connection = new Connection().open(port);
    for (const piece of [...pieces(client, [1], false), ...pieces(server, [1], true)]) connection.send(port, piece);
    expect(connection.events()).toEqual(expected);
  });

  it('belongs to the packet that completes it', () => {
    const connection = new Connection().open(port);
    const [first, second] = pieces(client, [20, client.length], false);
    if (first && second) connection.send(port, first).send(port, second);
    const [, , before, after] = connection.protocols();
    expect(before).toBe('TCP');
    expect(after).toMatch(new RegExp(`^${name}`));
  });

  it('survives what networks and attackers do to it', () => {
    const action = fc.constantFrom('send', 'send', 'send', 'lose', 'repeat', 'swap', 'damage');
    fc.assert(
      fc.property(sizes, fc.array(action, { minLength: 1 }), fc.nat(), (cuts, actions, seed) => {
        const connection = new Connection().open(port);
        const all = [...pieces(client, cuts, false), ...pieces(server, cuts, true)];
        for (let i = 0; i < all.length; i++) {
          const piece = all[i] as Piece;
          const next = all[i + 1];
          switch (actions[i % actions.length]) {
            case 'lose':
              break;
            case 'repeat':
              connection.send(port, piece).send(port, piece);
              break;
            case 'swap':
              if (next) connection.send(port, next);
              connection.send(port, piece);
              i++;
              break;
            case 'damage': {
              const bytes = piece.bytes.slice();
              bytes[seed % bytes.length] = seed >> 8;
              connection.send(port, { ...piece, bytes });
              break;
            }
            default:
              connection.send(port, piece);
          }
        }
        // Every segment again, backwards: nothing of it is new.
        for (const piece of all.toReversed()) connection.send(port, piece);
        expect(connection.protocols()).toHaveLength(connection.feeder.tables.packets.count);
      }),
      { numRuns: 150 },
    );
  });
});

describe('messages that never end', () => {
  it('are given up, the oldest first, and hold no more than the bound', () => {
    const connection = new Connection();
    const start = tlsClientHello({ padding: 16_000 }).slice(0, 1400);
    const flood = 17_000;
    for (let client = 1; client <= flood; client++) connection.send(443, { start: 0, bytes: start, backward: false }, client);
    connection.feeder.flush();
    const { pending } = connection.feeder.pipeline.applications;
    expect(pending.abandoned).toBeGreaterThan(0);
    // The newest still waits for its rest.
    expect(pending.get((flood - 1) * 2)?.keptLength ?? 0).toBeGreaterThan(0);
    expect(pending.get(0)).toBeUndefined();
  });

  it('keep a bounded part of a head that comes in small pieces', () => {
    const connection = new Connection().open(80);
    const head = new TextEncoder().encode(`GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`);
    for (const piece of pieces(head, [16], false)) connection.send(80, piece);
    connection.feeder.flush();
    expect(connection.feeder.pipeline.applications.pending.get(0)?.bytes ?? 0).toBeLessThan(1 << 20);
  });
});
