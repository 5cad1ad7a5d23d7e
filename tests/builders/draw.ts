import { isIpv6, isMac, macOf } from './addresses';
import { arp, ascii, be16, ethernet, fragments, icmp, icmpv6, ip, join, type Layer, tcp, tcpFlags, udp } from './layers';
import { dnsAnswer, dnsQuery, httpRequest, tlsClientHello } from './messages';
import { type PcapOptions, type PcapPacket, writePcap } from './pcap';
import { wire } from './wire';

const START_SECONDS = 1_700_000_000;
const MICROSECONDS = 1_000_000;
const DEFAULT_STEP = 0.001;
const ORIGINATOR_START = 1000;
const RESPONDER_START = 5000;

/** What a line says behind the two ends: words, and `name=value` settings. */
class Words {
  readonly words: string[] = [];
  readonly #settings = new Map<string, string>();

  constructor(text: string) {
    for (const word of text.match(/'[^']*'|\S+/g) ?? []) {
      const setting = /^([a-z]+)=(\S+)$/.exec(word);
      if (setting) this.#settings.set(setting[1] ?? '', setting[2] ?? '');
      else this.words.push(word);
    }
  }

  setting(name: string): string | null {
    return this.#settings.get(name) ?? null;
  }

  number(name: string): number | null {
    const value = this.setting(name);
    return value === null ? null : Number(value);
  }
}

interface End {
  readonly address: string;
  readonly port: number;
}

function endOf(text: string): End {
  const match = isMac(text) ? null : (/^\[(.*)\]:(\d+)$/.exec(text) ?? /^([\d.]+):(\d+)$/.exec(text));
  return match ? { address: match[1] ?? '', port: Number(match[2]) } : { address: text, port: 0 };
}

/** A capture drawn as text, frame by frame. */
export class Drawing {
  readonly packets: PcapPacket[] = [];
  #time = 0;
  /** Next sequence number of each direction of a TCP connection. */
  readonly #next = new Map<string, number>();
  #last: Layer | null = null;

  get frames(): Uint8Array[] {
    return this.packets.map(({ data }) => data);
  }

  /** The capture file. */
  pcap(options: PcapOptions = {}): Uint8Array {
    return writePcap(this.packets, options);
  }

  add(text: string): this {
    for (const line of text.split('\n')) {
      const drawn = line.replace(/^\s*#.*$/, '').trim();
      if (drawn !== '') this.#line(drawn);
    }
    return this;
  }

  #line(line: string): void {
    const parts = /^(?:([+@])([\d.]+)\s+)?(\S+)\s+>\s+(\S+)(?:\s+(.*))?$/.exec(line);
    if (parts === null) throw new Error(`not a drawn packet: ${line}`);
    const [, sign, seconds, source = '', destination = '', rest = ''] = parts;
    if (sign === '@') this.#time = Number(seconds);
    else if (this.packets.length > 0) this.#time += sign === '+' ? Number(seconds) : DEFAULT_STEP;
    const words = new Words(rest);
    const [from, to] = [endOf(source), endOf(destination)];
    for (const layer of this.#layers(from, to, words)) this.#emit(from, to, layer, words);
  }

  /** More than one where the packet is cut into fragments. */
  #layers(from: End, to: End, words: Words): Layer[] {
    if (words.words[0] === 'arp') return [this.#arp(from, to, words.words[1] ?? 'who-has')];
    if (isMac(from.address)) return [{ bytes: payloadOf(words, 0), etherType: words.number('type') ?? 0x88b5 }];
    const transport = this.#transport(from, to, words);
    const size = words.number('fragment');
    if (size !== null) return fragments(from.address, to.address, transport, size, words.number('id') ?? 1);
    this.#last = ip(from.address, to.address, transport, words.number('ttl') ?? 64);
    return [this.#last];
  }

  #arp(from: End, to: End, kind: string): Layer {
    const reply = kind === 'is-at';
    const operation = reply ? 2 : 1;
    return arp({
      operation,
      senderMac: macOf(from.address),
      sender: from.address,
      target: to.address,
      ...(reply && { targetMac: macOf(to.address) }),
    });
  }

  #transport(from: End, to: End, words: Words): Layer {
    switch (words.words[0]) {
      case 'udp':
        return udp({ sourcePort: from.port, destinationPort: to.port, payload: payloadOf(words, 1) });
      case 'icmp':
        return this.#icmp(from, words);
      default:
        return this.#tcp(from, to, words);
    }
  }

  /** `icmp echo ID SEQ`, `icmp reply ID SEQ`, `icmp unreachable` (a port; quotes the packet drawn last). */
  #icmp(from: End, words: Words): Layer {
    const [, kind = 'echo', id = '1', sequence = '1'] = words.words;
    const six = isIpv6(from.address);
    const make = six ? icmpv6 : icmp;
    const rest = [...be16(Number(id)), ...be16(Number(sequence))];
    if (kind === 'unreachable') {
      const quoted = this.#last?.bytes.slice(0, six ? 1232 : 28) ?? new Uint8Array(0);
      return make({ type: six ? 1 : 3, code: six ? 4 : 3, rest: [0, 0, 0, 0], payload: quoted });
    }
    const reply = kind === 'reply';
    return make({ type: six ? (reply ? 129 : 128) : reply ? 0 : 8, rest, payload: payloadOf(words, 4) });
  }

  /** Numbers go on from the packets before, unless the line gives its own. */
  #tcp(from: End, to: End, words: Words): Layer {
    const flags = words.words[0] ?? 'A';
    const forward = key(from, to);
    const backward = key(to, from);
    const start = this.#next.has(backward) ? RESPONDER_START : ORIGINATOR_START;
    const sequence = words.number('seq') ?? this.#next.get(forward) ?? start;
    const acknowledgement = words.number('ack') ?? (flags.includes('A') ? (this.#next.get(backward) ?? 0) : 0);
    const payload = payloadOf(words, 1);
    const phantom = tcpFlags(flags) & 3 ? 1 : 0;
    const next = (sequence + payload.length + phantom) >>> 0;
    if (words.number('seq') === null || next > (this.#next.get(forward) ?? 0)) this.#next.set(forward, next);
    const scale = words.number('scale');
    const mss = words.number('mss');
    return tcp({
      sourcePort: from.port,
      destinationPort: to.port,
      flags,
      sequence,
      acknowledgement,
      window: words.number('win') ?? 64_240,
      options: join(mss === null ? [] : [2, 4, ...be16(mss)], scale === null ? [] : [1, 3, 3, scale]),
      payload,
    });
  }

  #emit(from: End, to: End, layer: Layer, words: Words): void {
    const vlans = words.setting('vlan')?.split(',').map(Number) ?? [];
    const mac = (end: End): string => (isMac(end.address) ? end.address : macOf(end.address));
    const request = words.words[0] === 'arp' && words.words[1] !== 'is-at';
    const frame = ethernet({ source: mac(from), destination: request ? 'ff:ff:ff:ff:ff:ff' : mac(to), vlans, payload: layer });
    const snap = words.number('snap') ?? frame.length;
    const whole = Math.floor(this.#time);
    this.packets.push({
      data: frame.slice(0, snap),
      length: frame.length,
      seconds: START_SECONDS + whole,
      fraction: Math.round((this.#time - whole) * MICROSECONDS),
    });
  }
}

const key = (from: End, to: End): string => `${from.address}#${from.port}>${to.address}#${to.port}`;

/** What the words from `at` on say of the payload; none: empty. */
function payloadOf(words: Words, at: number): Uint8Array {
  const [kind = '', first = '', second = '', ...rest] = words.words.slice(at);
  const length = words.number('len');
  if (length !== null) return new Uint8Array(length);
  switch (kind) {
    case '':
      return new Uint8Array(0);
    case 'dns': {
      const answers = second === '' ? [] : rest.filter((word) => word !== '=');
      return answers.length > 0 ? dnsAnswer(second, answers, { type: first }) : dnsQuery(second, { type: first });
    }
    case 'http': {
      const [, host = '', uri = ''] = /^([^/]*)(.*)$/.exec(second) ?? [];
      return httpRequest({ method: first, host, uri: uri === '' ? '/' : uri });
    }
    case 'tls':
      return tlsClientHello({ serverName: first });
    case 'hex':
      return wire([first, second, ...rest].join(' '));
    default:
      if (!kind.startsWith("'")) throw new Error(`not a payload: ${words.words.join(' ')}`);
      return ascii(JSON.parse(`"${kind.slice(1, -1)}"`));
  }
}

/**
 * Frames from lines such as these; Ethernet below, checksums and lengths true, TCP numbers kept track of, a millisecond between packets:
 *
 *     10.0.0.1:41022 > 10.0.0.4:22 S mss=1460 scale=7
 *     10.0.0.4:22 > 10.0.0.1:41022 SA
 *     +0.5 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
 *     10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com = 192.0.2.1       (an answer)
 *     [2001:db8::1]:4000 > [2001:db8::2]:80 PA http GET example.com/index.html
 *     10.0.0.1:4000 > 10.0.0.2:443 PA tls example.com                    (client hello)
 *     10.0.0.1:4000 > 10.0.0.2:25 PA 'EHLO me\r\n' seq=17 ack=3 win=100 vlan=10,20 ttl=3 snap=60
 *     10.0.0.1:9 > 10.0.0.2:9 udp len=4000 fragment=1480 id=7
 *     10.0.0.1 > 10.0.0.2 icmp echo 7 1
 *     10.0.0.2 > 10.0.0.1 icmp unreachable                               (quotes the packet before)
 *     10.0.0.1 > 10.0.0.2 arp who-has
 *     02:00:00:00:00:01 > 01:80:c2:00:00:00 type=0x88cc hex 02 07
 *
 * `+S` puts S seconds before the packet, `@S` puts it S seconds after the start; a line that begins with '#' is a remark.
 */
export const draw = (text: string): Drawing => new Drawing().add(text);
