import type { BlockWarning } from '../../shared/model/hosts';
import type { AddressScope } from '../../shared/model/place';

/** What there is to know of an address before it is blocked. */
export interface BlockFacts {
  readonly scope: AddressScope;
  readonly own: boolean;
  readonly handshakes: boolean;
  readonly flowsTo: number;
  /** Of its flows among all of the session, 0 to 1. */
  readonly share: number;
  readonly flows: number;
}

/** A server that captures its own traffic takes part in nearly all flows, and most of them come to it. */
const SERVER_SHARE = 0.8;
const SERVER_FLOWS = 10;

const SCOPES: Readonly<Partial<Record<AddressScope, string>>> = {
  private: 'It is a private address, of your own network or behind a router of it. Blocking it may cut off your own machines.',
  cgnat: "It is behind a carrier's NAT: other customers have the same address, and it does not come from the internet.",
  loopback: 'It is the machine itself. Programs on it would no longer reach each other.',
  'link-local': 'It is on the same link as the server. Routers and your own machines have such addresses.',
  documentation: 'It is set aside for documentation: nobody on the internet has it, so it is forged or from a test.',
  benchmarking: 'It is set aside for tests: nobody on the internet has it.',
  unspecified: 'It is no address of a host.',
  reserved: 'It is reserved: nobody on the internet has it.',
};

/** What speaks against blocking, the gravest first. */
export function blockWarnings({ scope, own, handshakes, flowsTo, flows, share }: BlockFacts): BlockWarning[] {
  const warnings: BlockWarning[] = [];
  if (own) warnings.push({ code: 'own', sentence: 'You named this address as your own. Blocking it may lock you out.' });
  else if (share >= SERVER_SHARE && flows >= SERVER_FLOWS && flowsTo * 2 >= flows) {
    const sentence = `It takes part in ${Math.round(share * 100)} % of all flows, and most come to it: this may be the watched server itself.`;
    warnings.push({ code: 'likely-own', sentence });
  }
  if (scope === 'multicast' || scope === 'broadcast') {
    warnings.push({ code: 'multicast', sentence: 'It is a group address: nobody sends from it, so there is nothing to block.' });
  } else {
    const sentence = SCOPES[scope];
    if (sentence !== undefined) warnings.push({ code: 'not-public', sentence });
  }
  if (!handshakes) {
    warnings.push({
      code: 'no-handshake',
      sentence: 'It never completed a handshake here, so the address may be forged: the block may hit somebody who did nothing.',
    });
  }
  return warnings;
}
