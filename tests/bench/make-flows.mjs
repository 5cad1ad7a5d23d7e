// Captures for the map and the topology: flows out of the whole world to one server, and a network of so many hosts and pairs.
import { CaptureWriter, randomNumbers, SYN, TCP, tcp, UDP, udp } from './make-capture.mjs';

const SERVER = 0x0a000004;
const MICROSECONDS = 1e6;

/** One packet is one new flow: `perSecond` of them for so many seconds, every fifth from one of 200 addresses that scan ports. */
export function makeFlowFlood({ perSecond, seconds }, path, seed = 7) {
  const random = randomNumbers(seed);
  const below = (limit) => Math.floor(random() * limit);
  const anywhere = () => (((1 + below(222)) << 24) | below(1 << 24)) >>> 0;
  const scanners = Array.from({ length: 200 }, anywhere);
  const writer = new CaptureWriter(path);
  for (let i = 0; i < perSecond * seconds; i++) {
    const after = MICROSECONDS / perSecond;
    const port = 1024 + below(64_000);
    if (i % 5 === 0)
      writer.packet(after, TCP, scanners[below(200)], SERVER, i & 0xffff, tcp(port, 1 + below(10_000), below(2 ** 31), 0, SYN));
    else if (i % 5 < 3)
      writer.packet(after, TCP, anywhere(), SERVER, i & 0xffff, tcp(port, [22, 80, 443][below(3)], below(2 ** 31), 0, SYN));
    else writer.packet(after, UDP, anywhere(), SERVER, i & 0xffff, udp(port, [53, 123, 443][below(3)], Buffer.alloc(24 + below(400))));
  }
  writer.close();
}

/** `hosts` in networks of 50, `pairs` of which talk, a few of them with many: 1 to 8 packets each pair. */
export function makeNetwork({ hosts, pairs }, path, seed = 7) {
  const random = randomNumbers(seed);
  const below = (limit) => Math.floor(random() * limit);
  const address = (index) => 0x0a000000 + (Math.floor(index / 50) << 8) + 1 + (index % 50);
  const writer = new CaptureWriter(path);
  const known = new Set();
  const talk = (a, b) => {
    const key = a < b ? a * hosts + b : b * hosts + a;
    if (a === b || known.has(key)) return;
    known.add(key);
    const port = 1024 + below(64_000);
    for (let left = 1 + below(8); left > 0; left--)
      writer.packet(
        100 + below(900),
        UDP,
        address(a),
        address(b),
        0,
        udp(port, [53, 123, 443, 5060][key % 4], Buffer.alloc(40 + below(1000))),
      );
  };
  // Each host talks with one, so that none is left out; the low numbers with most.
  for (let host = 1; host < hosts; host++) talk(host, Math.floor(host * random() ** 3));
  while (known.size < pairs) talk(below(hosts), Math.floor(hosts * random() ** 3));
  writer.close();
}
