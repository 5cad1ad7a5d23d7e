import { describe, expect, it } from 'vitest';
import { FlowEventKind, FlowEvents } from '../../../../src/engine/flows/flow-events';
import { DrawnPackets } from './packets-of';

const NAMES = Object.fromEntries(Object.entries(FlowEventKind).map(([name, kind]) => [kind, name]));

/** 'PACKET NAME' of what flows tell about these packets. */
function told(text: string): string[] {
  const drawn = new DrawnPackets();
  const events = new FlowEvents();
  drawn.flows.events = events;
  drawn.add(text);
  return Array.from({ length: events.count }, (_, i) => `${(events.row[i] ?? 0) + 1} ${NAMES[events.kind[i] ?? 0]}`);
}

describe('flow events', () => {
  it('tell a connection from its SYN to its end', () => {
    expect(
      told(`
        0.0 10.0.0.1:4000 > 10.0.0.2:80 S seq=1
        0.1 10.0.0.2:80 > 10.0.0.1:4000 SA seq=9 ack=2
        0.2 10.0.0.1:4000 > 10.0.0.2:80 A seq=2 ack=10
        0.3 10.0.0.1:4000 > 10.0.0.2:80 PA seq=2 ack=10 len=5
        0.4 10.0.0.1:4000 > 10.0.0.2:80 FA seq=7 ack=10
        0.5 10.0.0.2:80 > 10.0.0.1:4000 FA seq=10 ack=8
        0.6 10.0.0.1:4000 > 10.0.0.2:80 A seq=8 ack=11
      `),
    ).toEqual(['1 Begin', '2 Answered', '3 Established', '6 Ended']);
  });

  it('tell a refusal and its end at one packet', () => {
    expect(
      told(`
        0.0 10.0.0.1:4000 > 10.0.0.2:80 S seq=1
        0.1 10.0.0.2:80 > 10.0.0.1:4000 RA seq=0 ack=2
      `),
    ).toEqual(['1 Begin', '2 Refused', '2 Ended']);
  });

  it('tell once that a port cannot be reached', () => {
    expect(
      told(`
        0.0 udp 10.0.0.1:4000 > 10.0.0.2:53
        0.1 udp 10.0.0.2:53 > 10.0.0.1:4000 error unreachable
        0.2 udp 10.0.0.2:53 > 10.0.0.1:4000 error unreachable
      `),
    ).toEqual(['1 Begin', '2 Unreachable']);
  });

  it('begin anew where the same ends begin anew', () => {
    expect(
      told(`
        0.0 10.0.0.1:4000 > 10.0.0.2:80 S seq=1
        1.0 10.0.0.1:4000 > 10.0.0.2:80 S seq=1
        2.0 10.0.0.1:4000 > 10.0.0.2:80 S seq=777
      `),
    ).toEqual(['1 Begin', '3 Begin']);
  });

  it('carry the counters of their own packet, whatever the batch holds behind it', () => {
    const drawn = new DrawnPackets();
    const events = new FlowEvents();
    drawn.flows.events = events;
    drawn.add(`
      0.0 udp 10.0.0.1:4000 > 10.0.0.2:53 len=10
      0.1 udp 10.0.0.2:53 > 10.0.0.1:4000 len=100
      0.2 udp 10.0.0.1:4000 > 10.0.0.2:53 len=10
      0.3 udp 10.0.0.2:53 > 10.0.0.1:4000 len=100
    `);
    expect([events.kind[1], events.packets[1], events.packetsBack[1], events.payload[1], events.payloadBack[1]]).toEqual([
      FlowEventKind.Answered,
      1,
      1,
      10,
      100,
    ]);
  });
});
