import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowEnd, flowStateName } from '../../../../src/engine/flows/flow-state';
import { DrawnPackets, drawn, HANDSHAKE } from './packets-of';

const SECOND = 1e9;

describe('orientation', () => {
  it('takes the sender of the first SYN for the originator', () => {
    const d = drawn(HANDSHAKE);
    expect(d.flowOfEach).toEqual([0, 0, 0]);
    expect(d.ends(0)).toBe('10.0.0.1:4000 > 10.0.0.9:80');
    expect(d.flagsOf(2)).toContain('Backward');
    expect(d.flagsOf(3)).not.toContain('Backward');
  });

  it('takes the sender of a SYN/ACK for the responder when its SYN was not seen', () => {
    const d = drawn('0 10.0.0.9:80 > 10.0.0.1:4000 SA seq=500 ack=101');
    expect(d.ends(0)).toBe('10.0.0.1:4000 > 10.0.0.9:80');
    expect(d.flagsOf(1)).toContain('Backward');
  });

  it('takes the first packet where no handshake says more', () => {
    expect(drawn('0 udp 10.0.0.9:53 > 10.0.0.1:4000 len=9').ends(0)).toBe('10.0.0.9:53 > 10.0.0.1:4000');
  });
});

describe('counters', () => {
  it('counts each direction', () => {
    const { flows } = drawn(`${HANDSHAKE}
      0.030 10.0.0.1:4000 > 10.0.0.9:80 PA seq=101 ack=501 len=40
      0.040 10.0.0.9:80 > 10.0.0.1:4000 PA seq=501 ack=141 len=1000
      0.050 10.0.0.9:80 > 10.0.0.1:4000 PA seq=1501 ack=141 len=200
    `);
    expect([flows.packets(0, 0), flows.packets(0, 1)]).toEqual([3, 3]);
    expect([flows.bytes(0, 0), flows.bytes(0, 1)]).toEqual([3 * 54 + 40, 3 * 54 + 1200]);
    expect([flows.payloadBytes(0, 0), flows.payloadBytes(0, 1)]).toEqual([40, 1200]);
    expect([flows.tcpFlags(0, 0), flows.tcpFlags(0, 1)]).toEqual([0x1a, 0x1a]);
    expect([flows.firstTime(0), flows.lastTime(0)]).toEqual([0, 0.05 * SECOND]);
  });

  it('measures the handshake and remembers what its SYNs announce', () => {
    const { flows } = drawn(`
      0.000 10.0.0.1:4000 > 10.0.0.9:80 S seq=100 scale=7
      0.030 10.0.0.9:80 > 10.0.0.1:4000 SA seq=500 ack=101 scale=3
      0.032 10.0.0.1:4000 > 10.0.0.9:80 A seq=101 ack=501
    `);
    expect(flows.answerTime(0) / SECOND).toBeCloseTo(0.03, 6);
    expect(flows.completeTime(0) / SECOND).toBeCloseTo(0.002, 6);
    expect(flows.roundTrip(0) / SECOND).toBeCloseTo(0.032, 6);
    expect([flows.windowScale(0, 0), flows.windowScale(0, 1)]).toEqual([7, 3]);
    expect([flows.initialSequence(0, 0), flows.initialSequence(0, 1)]).toEqual([100, 500]);
    expect(flows.initialSequenceKnown(0, 1)).toBe(true);
  });

  it('knows no times, scales and first numbers of a connection that it did not see begin', () => {
    const { flows } = drawn('0 10.0.0.1:4000 > 10.0.0.9:80 PA seq=101 ack=501 len=5');
    expect([flows.answerTime(0), flows.completeTime(0), flows.windowScale(0, 0)]).toEqual([-1, -1, 255]);
    expect(flows.initialSequenceKnown(0, 0)).toBe(false);
  });

  it('does not scale where only one end offers it', () => {
    const { flows } = drawn(`
      0 10.0.0.1:4000 > 10.0.0.9:80 S seq=100 scale=7
      0 10.0.0.9:80 > 10.0.0.1:4000 SA seq=500 ack=101
    `);
    expect([flows.windowScale(0, 0), flows.windowScale(0, 1)]).toEqual([0, 0]);
  });

  it('keeps the service and the host that the application pass finds', () => {
    const { flows } = drawn(HANDSHAKE);
    expect([flows.service(0), flows.host(0)]).toEqual([0, -1]);
    flows.setService(0, 17);
    flows.setHost(0, 3);
    expect([flows.service(0), flows.host(0)]).toEqual([17, 3]);
  });
});

describe('what ends a flow', () => {
  it('is five minutes of silence between UDP packets', () => {
    const d = drawn(`
      0 udp 10.0.0.1:5353 > 10.0.0.2:5353 len=9
      300 udp 10.0.0.2:5353 > 10.0.0.1:5353 len=9
      600.5 udp 10.0.0.2:5353 > 10.0.0.1:5353 len=9
    `);
    expect(d.flowOfEach).toEqual([0, 0, 1]);
    expect(d.flows.end(0)).toBe(FlowEnd.Idle);
    expect(d.ends(1)).toBe('10.0.0.2:5353 > 10.0.0.1:5353');
  });

  it('is a minute for ICMP and an hour for TCP', () => {
    const icmp = drawn('0 icmp 10.0.0.1:7 > 10.0.0.2:7\n59 icmp 10.0.0.2:7 > 10.0.0.1:7\n120 icmp 10.0.0.1:7 > 10.0.0.2:7');
    expect(icmp.flowOfEach).toEqual([0, 0, 1]);
    const tcp = drawn(`${HANDSHAKE}
      3600 10.0.0.1:4000 > 10.0.0.9:80 A seq=101 ack=501
      7201 10.0.0.1:4000 > 10.0.0.9:80 A seq=101 ack=501
    `);
    expect(tcp.flowOfEach).toEqual([0, 0, 0, 0, 1]);
  });

  it('leaves stragglers after both FINs to the flow, for five minutes', () => {
    const d = drawn(`${HANDSHAKE}
      1 10.0.0.1:4000 > 10.0.0.9:80 FA seq=101 ack=501
      1 10.0.0.9:80 > 10.0.0.1:4000 FA seq=501 ack=102
    `);
    expect([d.flows.end(0), d.flows.activeCount]).toEqual([FlowEnd.Fin, 0]);
    d.add('2 10.0.0.1:4000 > 10.0.0.9:80 A seq=102 ack=502\n303 10.0.0.9:80 > 10.0.0.1:4000 FA seq=501 ack=102');
    expect(d.flowOfEach.slice(-2)).toEqual([0, 1]);
    expect(d.flows.end(0)).toBe(FlowEnd.Fin);
  });

  it('is a RST', () => {
    const { flows } = drawn(`${HANDSHAKE} 1 10.0.0.9:80 > 10.0.0.1:4000 R seq=501`);
    expect([flows.end(0), flows.activeCount, flows.resets(0)]).toEqual([FlowEnd.Reset, 0, 1]);
  });

  it('is a SYN with another number: the ports are used again', () => {
    const d = drawn(`${HANDSHAKE}
      5 10.0.0.1:4000 > 10.0.0.9:80 S seq=9000
      5 10.0.0.9:80 > 10.0.0.1:4000 SA seq=7000 ack=9001
    `);
    expect(d.flowOfEach).toEqual([0, 0, 0, 1, 1]);
    expect(d.flagsOf(4)).toContain('PortReuse');
    expect([d.flows.end(0), d.flows.activeCount]).toEqual([FlowEnd.Reused, 1]);
  });

  it('is not the same SYN again', () => {
    const d = drawn('0 10.0.0.1:4000 > 10.0.0.9:80 S seq=100\n1 10.0.0.1:4000 > 10.0.0.9:80 S seq=100');
    expect(d.flowOfEach).toEqual([0, 0]);
    expect(d.flagsOf(2)).toEqual(['Retransmission']);
  });

  it('is a day: the connection goes on in a new record that knows what the first one knew', () => {
    const minutes = Array.from({ length: 49 }, (_, i) => `${i * 1800 + 1} 10.0.0.9:80 > 10.0.0.1:4000 A seq=501 ack=101`);
    const d = drawn(HANDSHAKE);
    d.flows.setService(0, 17);
    d.add(minutes.join('\n'));
    expect(d.flows.count).toBe(2);
    expect(d.flows.end(0)).toBe(FlowEnd.Active);
    expect([d.ends(1), d.flows.service(1), d.flows.continued(1)]).toEqual(['10.0.0.1:4000 > 10.0.0.9:80', 17, true]);
    expect([d.flows.packets(1, 0), d.flows.packets(1, 1), d.flows.packets(0, 1)]).toEqual([0, 1, 49]);
    expect(flowStateName(d.flows.state(1))).toBe('S1');
  });
});

describe('the clock', () => {
  it('may run backwards', () => {
    const d = drawn(`
      1000 udp 10.0.0.1:1 > 10.0.0.2:2 len=1
      -90000 udp 10.0.0.1:1 > 10.0.0.2:2 len=1
      1001 udp 10.0.0.2:2 > 10.0.0.1:1 len=1
    `);
    expect(d.flowOfEach).toEqual([0, 0, 0]);
    expect([d.flows.firstTime(0), d.flows.lastTime(0)]).toEqual([1000 * SECOND, 1001 * SECOND]);
  });

  it('sweeps silent flows out of the active ones, and takes them back when they go on in time', () => {
    const d = drawn(`${HANDSHAKE} 0 udp 10.0.0.1:1 > 10.0.0.2:2 len=1`);
    d.flows.expire(400 * SECOND);
    expect([d.flows.activeCount, d.flows.end(0), d.flows.end(1)]).toEqual([1, FlowEnd.Open, FlowEnd.Idle]);
    d.add('10 udp 10.0.0.2:2 > 10.0.0.1:1 len=1');
    expect(d.flowOfEach.at(-1)).toBe(1);
    expect([d.flows.activeCount, d.flows.end(1)]).toEqual([2, FlowEnd.Open]);
  });

  it('sweeps a large table in several calls', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `0 udp 10.0.0.1:${i} > 10.0.0.2:53 len=1`);
    const { flows } = drawn(many.join('\n'));
    for (let calls = 0; calls < 3; calls++) flows.expire(301 * SECOND);
    expect(flows.activeCount).toBe(0);
  });
});

describe('ICMP errors', () => {
  it('belong to the flow that they quote, beside its packets', () => {
    const d = drawn(`
      0 udp 10.0.0.1:4000 > 10.0.0.9:33434 len=12
      0.1 udp 10.0.0.9:33434 > 10.0.0.1:4000 error unreachable
    `);
    expect(d.flowOfEach).toEqual([0, 0]);
    expect(d.flagsOf(2)).toEqual(['Backward']);
    expect([d.flows.packets(0, 1), d.flows.icmpErrors(0), d.flows.unreachable(0)]).toEqual([0, 1, true]);
    expect(flowStateName(d.flows.state(0))).toBe('REJ');
  });

  it('begin no flow and change no connection', () => {
    const d = drawn(`${HANDSHAKE}
      1 10.0.0.9:80 > 10.0.0.1:4000 error
      1 10.0.0.9:81 > 10.0.0.1:4000 error unreachable
    `);
    expect(d.flowOfEach).toEqual([0, 0, 0, 0, null]);
    expect([flowStateName(d.flows.state(0)), d.flows.unreachable(0)]).toEqual(['S1', false]);
  });
});

it('leaves fragments without ports out', () => {
  expect(drawn('0 udp 10.0.0.1:0 > 10.0.0.2:0 fragment').flowOfEach).toEqual([null]);
  expect(drawn('0 gre 10.0.0.1:0 > 10.0.0.2:0 fragment').flowOfEach).toEqual([0]);
});

describe('a full table', () => {
  it('overwrites the oldest record and says so', () => {
    const d = new DrawnPackets({ capacity: 2 }).add(`
      0 udp 10.0.0.1:1 > 10.0.0.9:53
      1 10.0.0.1:2 > 10.0.0.9:80 R
      2 udp 10.0.0.1:3 > 10.0.0.9:53
      3 udp 10.0.0.1:4 > 10.0.0.9:53
    `);
    expect([d.flows.evicted, d.flows.forgotten, d.flows.activeCount]).toEqual([1, 1, 2]);
    expect([0, 1, 2, 3, 4].map((flow) => d.flows.has(flow))).toEqual([false, false, true, true, false]);
    d.flows.setService(0, 9);
    expect(d.flows.service(2)).toBe(0);
  });

  it('finds as many flows as a table without a bound, less those that it lost', () => {
    const end = fc.integer({ min: 1, max: 6 });
    // No bare SYN: after a FIN or RST it begins a flow anew, which the model does not know.
    const packet = fc.record({ from: end, to: end, ports: end, udp: fc.boolean(), flags: fc.constantFrom('SA', 'A', 'FA', 'R') });
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (packets, capacity) => {
        const d = new DrawnPackets({ capacity });
        // What a table must do, without hash, chunks and slots: the newest flow of a pair of ends, while it is among the last `capacity`.
        const newest = new Map<string, number>();
        let count = 0;
        packets.forEach(({ from, to, ports, udp, flags }, i) => {
          const ends = [`10.0.0.${from}:${ports}`, `10.0.1.${to}:9`];
          const key = `${udp} ${ends.join(' ')}`;
          const known = newest.get(key);
          if (known === undefined || known < count - capacity) newest.set(key, count++);
          const line = i % 2 === 0 ? ends.join(' > ') : ends.toReversed().join(' > ');
          d.add(udp ? `${i} udp ${line}` : `${i} ${line} ${flags}`);
          expect(d.flowOfEach[i]).toBe(newest.get(key));
        });
        expect(d.flows.count).toBe(count);
        expect(d.flows.evicted + d.flows.forgotten).toBe(Math.max(0, count - capacity));
      }),
      { numRuns: 60 },
    );
  });

  it('holds a hundred thousand flows and finds each again', () => {
    const there: string[] = [];
    const back: string[] = [];
    for (let i = 0; i < 100_000; i++) {
      const ends = [`10.${i >> 15}.${(i >> 8) & 127}.${i & 255}:${i % 60_000}`, '10.200.0.1:53'];
      there.push(`0 udp ${ends.join(' > ')}`);
      back.push(`1 udp ${ends.toReversed().join(' > ')}`);
    }
    const d = new DrawnPackets().add(there.join('\n')).add(back.join('\n'));
    expect(d.flows.count).toBe(100_000);
    expect(d.flowOfEach.slice(100_000)).toEqual(d.flowOfEach.slice(0, 100_000));
    expect(d.flows.memory / d.flows.count).toBeLessThan(160);
  });
});
