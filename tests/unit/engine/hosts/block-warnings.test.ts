import { describe, expect, it } from 'vitest';
import { type BlockFacts, blockWarnings } from '../../../../src/engine/hosts/block-warnings';

const STRANGER: BlockFacts = { scope: 'public', own: false, handshakes: true, flowsTo: 0, flows: 40, share: 0.2 };
const codes = (facts: Partial<BlockFacts>): string[] => blockWarnings({ ...STRANGER, ...facts }).map(({ code }) => code);

describe('what speaks against a block', () => {
  it('is nothing where a public stranger completed a handshake', () => {
    expect(codes({})).toEqual([]);
  });

  it('is that it is ours, by the settings', () => {
    expect(codes({ own: true })).toEqual(['own']);
  });

  it('is that it may be the watched server: it takes part in nearly all flows, and most come to it', () => {
    expect(codes({ share: 0.95, flowsTo: 30 })).toEqual(['likely-own']);
    expect(codes({ share: 0.95, flowsTo: 3 })).toEqual([]);
    expect(codes({ share: 1, flows: 4, flowsTo: 4 })).toEqual([]);
  });

  it.each(['private', 'cgnat', 'loopback', 'link-local', 'documentation', 'reserved'] as const)('is a %s address', (scope) => {
    expect(codes({ scope })).toEqual(['not-public']);
  });

  it.each(['multicast', 'broadcast'] as const)('is a %s address, which sends nothing', (scope) => {
    expect(codes({ scope, handshakes: false })).toEqual(['multicast', 'no-handshake']);
  });

  it('is that it never completed a handshake, so that it may be forged', () => {
    expect(codes({ handshakes: false })).toEqual(['no-handshake']);
  });
});
