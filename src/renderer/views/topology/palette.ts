import type { NodeRole } from '../../../shared/contract/topology';
import { PROTOCOL_FAMILIES, type ProtocolFamily } from '../../../shared/model/protocol-families';

const LEVELS = ['critical', 'high', 'medium', 'low'] as const;

export type RingLevel = (typeof LEVELS)[number] | 'none';

/** The theme's colours as a canvas and a drawing need them. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly focus: string;
  /** Of what is new. */
  readonly fresh: string;
  fill(role: NodeRole): string;
  ring(level: RingLevel): string;
  family(family: ProtocolFamily): string;
}

/** Of the theme that the page has now. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const families = new Map(PROTOCOL_FAMILIES.map((family) => [family, token(family)]));
  const levels = new Map<RingLevel, string>(LEVELS.map((level) => [level, token(level)]));
  const plain = token('bg3');
  const ours = token('accent');
  const group = token('selected-idle');
  const line = token('fg2');
  return {
    background: token('bg0'),
    text: token('fg0'),
    focus: token('focus'),
    fresh: token('ok'),
    fill: (role) => (role === 'ours' ? ours : role === 'group' ? group : plain),
    ring: (level) => levels.get(level) ?? line,
    family: (family) => families.get(family) ?? line,
  };
}
