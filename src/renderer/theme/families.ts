import { type ProtocolFamily, protocolFamily } from '../../shared/model/protocol-families';

export type { ProtocolFamily };

const known = new Map<string, ProtocolFamily>();
/** Names come from a table of at most 4,096; more would be a mistake and are not kept. */
const MAX_KNOWN = 4096;

/** The family of a name in the Protocol column; each is also the name of a token in tokens.css. */
export function familyOf(protocol: string): ProtocolFamily {
  const cached = known.get(protocol);
  if (cached) return cached;
  const family = protocolFamily(protocol);
  if (known.size < MAX_KNOWN) known.set(protocol, family);
  return family;
}

export const familyColor = (family: ProtocolFamily): string => `var(--${family})`;
