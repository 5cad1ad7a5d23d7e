import type { Nanoseconds } from '../../../shared/model/units';
import { Agenda, type Script } from './agenda';
import type { Random } from './random';
import { arpFrame, frameLength, IpProtocol, writeFrame } from './wire/frames';
import type { PcapWriter } from './wire/pcap-writer';
import { echo, type Segment, tcpSegment, udpDatagram } from './wire/segments';
import { GATEWAY, GATEWAY_MAC, type Host, isIpv6, SERVER, SERVER_IPV6, SERVER_MAC, type World } from './world';

const SECOND: Nanoseconds = 1_000_000_000;
/** Shorter frames are filled up on the wire; those that the server sends are captured before that. */
const MIN_FRAME = 60;
const DATAGRAM_HOPS = 64;

export interface Datagram {
  readonly from: Host;
  readonly sourcePort: number;
  readonly to: Host;
  readonly destinationPort: number;
}

/** The server's network interface: what is sent and received there is written down with the time of the agenda. */
export class Link {
  readonly agenda = new Agenda();
  readonly random: Random;
  readonly world: World;
  readonly #writer: PcapWriter;
  /** Seconds and nanoseconds since 1970 at which the agenda began. */
  #second = 0;
  #nanosecond: Nanoseconds = 0;

  constructor(writer: PcapWriter, random: Random, world: World) {
    this.#writer = writer;
    this.random = random;
    this.world = world;
  }

  /** Milliseconds since 1970 at which the agenda began. */
  set epoch(milliseconds: number) {
    this.#second = Math.floor(milliseconds / 1000);
    this.#nanosecond = Math.round((milliseconds - this.#second * 1000) * 1e6);
  }

  /** Seconds since 1970. */
  get time(): number {
    return this.#second + (this.#nanosecond + this.agenda.now) / SECOND;
  }

  start(script: Script, delay = 0): void {
    this.agenda.start(script, delay);
  }

  tcp(from: Host, to: Host, segment: Segment): void {
    this.#send(from, to, IpProtocol.Tcp, tcpSegment(segment));
  }

  udp({ from, sourcePort, to, destinationPort }: Datagram, payload: Uint8Array): void {
    this.#send(from, to, IpProtocol.Udp, udpDatagram(sourcePort, destinationPort, payload));
  }

  /** A question and its answer; answers that are null never come. */
  *exchange(datagram: Datagram, question: Uint8Array, answer: Uint8Array | null): Script {
    const { from, sourcePort, to, destinationPort } = datagram;
    this.udp(datagram, question);
    if (answer === null) return;
    yield to.roundTrip + this.random.between(0.0001, 0.002);
    this.udp({ from: to, sourcePort: destinationPort, to: from, destinationPort: sourcePort }, answer);
  }

  ping(from: Host, to: Host, isReply: boolean, identifier: number, sequence: number, payload: Uint8Array): void {
    const [protocol, request] = isIpv6(from) ? [IpProtocol.Icmpv6, 128] : [IpProtocol.Icmp, 8];
    const reply = isIpv6(from) ? 129 : 0;
    this.#send(from, to, protocol, echo(isReply ? reply : request, identifier, sequence, payload));
  }

  /** The server asks for its gateway, or answers it. */
  *arp(asks: boolean): Script {
    const server = { mac: SERVER_MAC, address: SERVER.address };
    const gateway = { mac: GATEWAY_MAC, address: GATEWAY };
    const [asking, asked] = asks ? [server, gateway] : [gateway, server];
    this.#write(arpFrame(1, asking, asked));
    yield asks ? 0.0003 : 0.00004;
    this.#write(arpFrame(2, asked, asking));
  }

  /** The server, as somebody with this kind of address sees it. */
  serverFor(host: Host): Host {
    return isIpv6(host) ? SERVER_IPV6 : SERVER;
  }

  #send(from: Host, to: Host, protocol: number, payload: Uint8Array): void {
    const isOut = from.roundTrip === 0;
    const datagram = {
      source: from.address,
      destination: to.address,
      protocol,
      hopLimit: isOut ? DATAGRAM_HOPS : from.hopLimit,
      identification: this.random.whole(0, 0xffff),
      payload,
    };
    const length = frameLength(datagram);
    const frame = this.#frame(isOut ? length : Math.max(MIN_FRAME, length));
    if (isOut) writeFrame(frame, SERVER_MAC, GATEWAY_MAC, datagram);
    else writeFrame(frame, GATEWAY_MAC, SERVER_MAC, datagram);
  }

  #write(bytes: Uint8Array): void {
    this.#frame(bytes.length).set(bytes);
  }

  #frame(length: number): Uint8Array {
    const elapsed = this.#nanosecond + this.agenda.now;
    const seconds = Math.floor(elapsed / SECOND);
    return this.#writer.frame(this.#second + seconds, Math.floor(elapsed - seconds * SECOND), length);
  }
}
