import { describe, expect, it } from 'vitest';
import { flowStateName } from '../../../../src/engine/flows/flow-state';
import { drawn } from './packets-of';

const CLIENT = '10.0.0.1:4000 > 10.0.0.9:80';
const SERVER = '10.0.0.9:80 > 10.0.0.1:4000';

/** 'c S, s SA' is the client's SYN and the server's SYN/ACK; numbers go on as if nothing were lost. */
function stateAfter(conversation: string): string {
  const next = { c: 100, s: 500 };
  const lines = conversation.split(', ').map((step, i) => {
    const [who, flags = '', data] = step.split(' ');
    const own = who === 'c' ? 'c' : 's';
    const line = `${i} ${own === 'c' ? CLIENT : SERVER} ${flags} seq=${next[own]} ack=${flags.includes('A') ? next[own === 'c' ? 's' : 'c'] : 0} len=${data ?? 0}`;
    next[own] += Number(data ?? 0) + (/[SF]/.test(flags) ? 1 : 0);
    return line;
  });
  return flowStateName(drawn(lines.join('\n')).flows.state(0));
}

describe('state of a TCP flow, as in Zeek', () => {
  it.each([
    ['c S', 'S0'],
    ['c S, c S', 'S0'],
    ['c S, s RA', 'REJ'],
    ['c S, s SA', 'S1'],
    ['c S, s SA, c A', 'S1'],
    ['c S, s SA, c A, c PA 10, s FA, c FA, s A', 'SF'],
    ['c S, s SA, c A, c FA, s FA, c R', 'SF'],
    ['c S, s SA, c A, c FA, s A', 'S2'],
    ['c S, s SA, c A, s FA, c A', 'S3'],
    ['c S, s SA, c R', 'RSTO'],
    ['c S, s SA, c A, c PA 10, c RA', 'RSTO'],
    ['c S, s SA, c A, c PA 10, s R', 'RSTR'],
    ['c S, c R', 'RSTOS0'],
    ['s SA, s R', 'RSTRH'],
    ['c S, c FA', 'SH'],
    ['s SA, s FA', 'SHR'],
    ['c PA 10, s A', 'OTH'],
    ['c A, s RA', 'RSTRH'],
  ])('%s: %s', (conversation, state) => {
    expect(stateAfter(conversation)).toBe(state);
  });
});

it('tells whether a UDP flow was answered', () => {
  const asked = drawn('0 udp 10.0.0.1:4000 > 10.0.0.9:53 len=30');
  expect(flowStateName(asked.flows.state(0))).toBe('S0');
  asked.add('0.1 udp 10.0.0.9:53 > 10.0.0.1:4000 len=90');
  expect(flowStateName(asked.flows.state(0))).toBe('SF');
});
