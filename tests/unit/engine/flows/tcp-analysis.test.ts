import { describe, expect, it } from 'vitest';
import { DrawnPackets, HANDSHAKE } from './packets-of';

const CLIENT = '10.0.0.1:4000 > 10.0.0.9:80';
const SERVER = '10.0.0.9:80 > 10.0.0.1:4000';

/** Flags of each segment after the handshake: the client's next number is 101, the server's 501, the round trip 20 ms. */
function flagsAfterHandshake(text: string, handshake = HANDSHAKE): string[][] {
  const opened = new DrawnPackets().add(handshake);
  const begun = opened.packets.count;
  opened.add(text.replaceAll('client', CLIENT).replaceAll('server', SERVER));
  return Array.from({ length: opened.packets.count - begun }, (_, i) =>
    opened.flagsOf(begun + i + 1).filter((name) => name !== 'Backward'),
  );
}

describe('segments that were sent before', () => {
  it('are retransmissions', () => {
    expect(
      flagsAfterHandshake(`
        1.0 client PA seq=101 ack=501 len=50
        1.3 client PA seq=101 ack=501 len=50
      `),
    ).toEqual([[], ['Retransmission']]);
  });

  it('are spurious retransmissions when the other end has acknowledged them', () => {
    expect(
      flagsAfterHandshake(`
        1.0 client PA seq=101 ack=501 len=50
        1.1 server A seq=501 ack=151
        1.3 client PA seq=101 ack=501 len=50
      `).at(-1),
    ).toEqual(['Retransmission', 'SpuriousRetransmission']);
  });

  it('are fast retransmissions when two duplicate ACKs have just asked for them', () => {
    const asked = (sent: string): string[] | undefined =>
      flagsAfterHandshake(`
        1.000 client A seq=101 ack=501 len=50
        1.001 client A seq=201 ack=501 len=50
        1.010 server A seq=501 ack=151
        1.011 server A seq=501 ack=151
        1.012 server A seq=501 ack=151
        ${sent} client A seq=151 ack=501 len=50
      `).at(-1);
    expect(asked('1.030')).toEqual(['Retransmission', 'FastRetransmission']);
    expect(asked('1.050')).toEqual(['Retransmission']);
  });

  it('are retransmissions across the wrap of the sequence numbers', () => {
    const handshake = HANDSHAKE.replace('seq=100', 'seq=4294967290').replaceAll('101', '4294967291');
    expect(
      flagsAfterHandshake(
        `
        1.0 client PA seq=4294967291 ack=501 len=100
        1.1 client PA seq=95 ack=501 len=10
        1.5 client PA seq=4294967291 ack=501 len=100
        1.6 client PA seq=105 ack=501 len=10
      `,
        handshake,
      ),
    ).toEqual([[], [], ['Retransmission'], []]);
  });
});

describe('segments that are late', () => {
  const late = (time: string): string[][] =>
    flagsAfterHandshake(`
      1.000 client A seq=201 ack=501 len=100
      ${time} client A seq=101 ack=501 len=100
    `);

  it('are out of order within a round trip', () => {
    expect(late('1.015')).toEqual([['LostSegment'], ['OutOfOrder']]);
  });

  it('are retransmissions after it', () => {
    expect(late('1.025')).toEqual([['LostSegment'], ['Retransmission']]);
  });

  it('are out of order within 3 ms where no handshake was seen', () => {
    const midway = (time: string): string[] | undefined => {
      const text = `1 ${CLIENT} A seq=101 ack=501 len=10\n1 ${CLIENT} A seq=211 ack=501 len=10\n${time} ${CLIENT} A seq=111 ack=501 len=100`;
      return new DrawnPackets().add(text).flagsOf(3);
    };
    expect(midway('1.002')).toEqual(['OutOfOrder']);
    expect(midway('1.004')).toEqual(['Retransmission']);
  });
});

describe('acknowledgements', () => {
  it('that repeat the last one are duplicates, unless the window changed', () => {
    expect(
      flagsAfterHandshake(`
        1.0 server A seq=501 ack=101
        1.1 server A seq=501 ack=101
        1.2 server A seq=501 ack=101 win=9000
      `),
    ).toEqual([['DuplicateAck'], ['DuplicateAck'], ['WindowUpdate']]);
  });

  it('that answer a keep-alive are told from duplicates', () => {
    expect(
      flagsAfterHandshake(`
        60 client A seq=100 ack=501 len=1
        60 server A seq=501 ack=101
        120 client A seq=100 ack=501
        120 server A seq=501 ack=101
      `),
    ).toEqual([['KeepAlive'], ['KeepAliveAck'], ['KeepAlive'], ['KeepAliveAck']]);
  });
});

describe('windows', () => {
  it('close, are probed and open again', () => {
    expect(
      flagsAfterHandshake(`
        1.0 server A seq=501 ack=101 win=0
        2.0 client A seq=101 ack=501 len=1
        2.1 server A seq=501 ack=101 win=0
        3.0 server A seq=501 ack=101 win=4096
      `),
    ).toEqual([['ZeroWindow'], ['ZeroWindowProbe'], ['ZeroWindow'], ['WindowUpdate']]);
  });

  it('are full when a segment reaches the edge of what the other end allows, scaled as its SYN said', () => {
    const scaled = HANDSHAKE.replace('seq=100', 'seq=100 scale=1').replace('ack=101', 'ack=101 scale=1');
    const segments = `
      1.0 server A seq=501 ack=101 win=100
      1.1 client A seq=101 ack=501 len=100
      1.2 client A seq=201 ack=501 len=100
    `;
    expect(flagsAfterHandshake(segments).slice(1)).toEqual([['WindowFull'], []]);
    expect(flagsAfterHandshake(segments, scaled).slice(1)).toEqual([[], ['WindowFull']]);
  });
});

it('counts what it finds on the flow', () => {
  const { flows } = new DrawnPackets().add(`${HANDSHAKE}
    1.00 ${CLIENT} PA seq=101 ack=501 len=50
    1.30 ${CLIENT} PA seq=101 ack=501 len=50
    2.00 ${CLIENT} PA seq=251 ack=501 len=50
    2.01 ${CLIENT} PA seq=151 ack=501 len=50
    3.00 ${SERVER} A seq=501 ack=301 win=0
  `);
  expect([flows.retransmissions(0), flows.outOfOrder(0), flows.lostSegments(0), flows.zeroWindows(0)]).toEqual([1, 1, 1, 1]);
});
