// A capture of mixed packets, the same for the same seed: `node tests/bench/make-capture.mjs COUNT FILE [SEED]`.
import { closeSync, openSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FLUSH_AT = 1 << 20;
export const SYN = 2;
const ACK = 16;
const PSH = 8;
const FIN = 1;
export const TCP = 6;
export const UDP = 17;

/** Mulberry32: numbers from 0 up to 1, enough for traffic. */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes a pcap file of Ethernet frames. */
export class CaptureWriter {
  count = 0;
  #buffer = Buffer.alloc(FLUSH_AT + 4096);
  #used = 0;
  #file;
  #microseconds = 0;

  constructor(path) {
    this.#file = openSync(path, 'w');
    const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
    header.copy(this.#buffer);
    this.#used = header.length;
  }

  /** An Ethernet frame around an IPv4 packet of these ends, `after` microseconds behind the one before. */
  packet(after, protocol, source, destination, id, body) {
    this.#microseconds += after;
    const b = this.#buffer;
    const length = 34 + body.length;
    let at = this.#used;
    b.writeUInt32LE(1_795_000_000 + Math.floor(this.#microseconds / 1e6), at);
    b.writeUInt32LE(Math.floor(this.#microseconds % 1e6), at + 4);
    b.writeUInt32LE(length, at + 8);
    b.writeUInt32LE(length, at + 12);
    at += 16;
    b.write('0200000000010200000000020800', at, 'hex');
    b.writeUInt16BE(0x4500, at + 14);
    b.writeUInt16BE(20 + body.length, at + 16);
    b.writeUInt16BE(id, at + 18);
    b.writeUInt16BE(0x4000, at + 20);
    b.writeUInt16BE(0x4000 | protocol, at + 22);
    b.writeUInt16BE(0, at + 24);
    b.writeUInt32BE(source, at + 26);
    b.writeUInt32BE(destination, at + 30);
    body.copy(b, at + 34);
    this.#used = at + length;
    this.count++;
    if (this.#used >= FLUSH_AT) this.#flush();
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  #flush() {
    writeSync(this.#file, this.#buffer, 0, this.#used);
    this.#used = 0;
  }
}

const u16 = (...values) => Buffer.from(values.flatMap((value) => [(value >> 8) & 255, value & 255]));

export function tcp(sourcePort, destinationPort, sequence, acknowledgement, flags, payload = Buffer.alloc(0)) {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(sourcePort, 0);
  header.writeUInt16BE(destinationPort, 2);
  header.writeUInt32BE(sequence, 4);
  header.writeUInt32BE(acknowledgement, 8);
  header.writeUInt16BE(0x5000 | flags, 12);
  header.writeUInt16BE(64_240, 14);
  return Buffer.concat([header, payload]);
}

export const udp = (sourcePort, destinationPort, payload) =>
  Buffer.concat([u16(sourcePort, destinationPort, 8 + payload.length, 0), payload]);

function dnsQuery(id, name) {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([u16(id, 0x100, 1, 0, 0, 0), ...labels, Buffer.from([0]), u16(1, 1)]);
}

function clientHello(name) {
  const serverName = Buffer.concat([u16(0, name.length + 5, name.length + 3), Buffer.from([0]), u16(name.length), Buffer.from(name)]);
  const body = Buffer.concat([
    u16(0x0303),
    Buffer.alloc(33),
    u16(4, 0x1301, 0x1302),
    Buffer.from([1, 0]),
    u16(serverName.length),
    serverName,
  ]);
  return Buffer.concat([Buffer.from([22, 3, 1]), u16(body.length + 4), Buffer.from([1, 0]), u16(body.length), body]);
}

/** Writes `count` packets: TCP connections (a part of them TLS), UDP and DNS of 4,000 clients with 20 servers; about 110 bytes each. */
export function makeCapture(count, path, seed = 7) {
  const random = randomNumbers(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const writer = new CaptureWriter(path);
  const servers = Array.from({ length: 20 }, (_, i) => 0x0a000004 + i);
  const clients = Array.from({ length: 4000 }, () => (((1 + below(222)) << 24) | below(1 << 24)) >>> 0);
  const connections = [];
  const send = (protocol, source, destination, body) => {
    if (writer.count < count) writer.packet(-Math.log(1 - random()) * 50, protocol, source, destination, below(65_536), body);
  };
  const connect = (client, server) => {
    const port = pick([443, 443, 80, 22, 3306]);
    const c = { client, server, from: 1024 + below(64_000), port, sent: below(2 ** 31), received: below(2 ** 31), left: 4 + below(56) };
    send(TCP, client, server, tcp(c.from, port, c.sent++, 0, SYN));
    send(TCP, server, client, tcp(port, c.from, c.received++, c.sent, SYN | ACK));
    send(TCP, client, server, tcp(c.from, port, c.sent, c.received, ACK));
    if (port === 443) {
      const hello = clientHello(`www${below(3000)}.site.org`);
      send(TCP, client, server, tcp(c.from, port, c.sent, c.received, PSH | ACK, hello));
      c.sent += hello.length;
    }
    connections.push(c);
  };
  const goOn = () => {
    const index = below(connections.length);
    const c = connections[index];
    const payload = Buffer.alloc(below(90));
    if (random() < 0.5) {
      send(TCP, c.client, c.server, tcp(c.from, c.port, c.sent, c.received, PSH | ACK, payload));
      c.sent = (c.sent + payload.length) >>> 0;
    } else {
      send(TCP, c.server, c.client, tcp(c.port, c.from, c.received, c.sent, PSH | ACK, payload));
      c.received = (c.received + payload.length) >>> 0;
    }
    if (--c.left > 0) return;
    send(TCP, c.client, c.server, tcp(c.from, c.port, c.sent, c.received, FIN | ACK));
    connections[index] = connections.at(-1);
    connections.pop();
  };
  while (writer.count < count) {
    const kind = random();
    const client = pick(clients);
    const server = pick(servers);
    if (kind < 0.08) {
      const query = dnsQuery(below(65_536), `host${below(5000)}.example${below(90)}.com`);
      send(UDP, client, server, udp(1024 + below(64_000), 53, query));
    } else if (kind < 0.3) send(UDP, client, server, udp(1024 + below(64_000), pick([443, 123, 3478, 5060]), Buffer.alloc(64)));
    else if (kind < 0.42 || connections.length === 0) connect(client, server);
    else goOn();
  }
  writer.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [count, file, seed] = process.argv.slice(2);
  if (!Number.isSafeInteger(Number(count)) || file === undefined) {
    process.stderr.write('usage: node tests/bench/make-capture.mjs COUNT FILE [SEED]\n');
    process.exit(2);
  }
  makeCapture(Number(count), file, seed === undefined ? undefined : Number(seed));
}
