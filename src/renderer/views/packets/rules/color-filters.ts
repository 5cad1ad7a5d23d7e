import { type ColouringRule, MAX_NAME } from '../../../../shared/contract/profiles';
import { MAX_COLOURING_RULES, MAX_RULE_FILTER } from '../../../../shared/contract/row-look';
import { cleanName } from '../../../stores/names';
import type { ColourPair } from '../../../theme/readable';

/** Characters of a file that is read. */
export const MAX_COLOR_FILTERS = 1_000_000;

/** '@Bad TCP@tcp.analysis.flags@[4626,10023,11822][63479,34695,34695]': ground, then text, 16 bits a channel. '!' in front: not in use. */
const LINE = /^(!?)@([^@]*)@(.*)@\[(\d{1,5}),(\d{1,5}),(\d{1,5})\]\[(\d{1,5}),(\d{1,5}),(\d{1,5})\]\s*$/;

export interface ReadRules {
  readonly rules: readonly ColouringRule[];
  /** Lines that are neither a rule nor a comment, and rules beyond the bound. */
  readonly leftOut: number;
}

/** Reads Wireshark's `colorfilters` (Wireshark User's Guide, "Packet colorization"). */
export function parseColorFilters(text: string): ReadRules {
  const rules: ColouringRule[] = [];
  let leftOut = 0;
  for (const line of text.slice(0, MAX_COLOR_FILTERS).split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const rule = rules.length < MAX_COLOURING_RULES ? ruleOf(line) : null;
    if (rule) rules.push(rule);
    else leftOut++;
  }
  return { rules, leftOut };
}

function ruleOf(line: string): ColouringRule | null {
  const [whole, off, name = '', filter = '', ...numbers] = LINE.exec(line) ?? [];
  const parts = numbers.map(Number);
  if (whole === undefined || filter.length > MAX_RULE_FILTER || parts.some((part) => part > 0xffff)) return null;
  const title = cleanName(name) || filter.slice(0, MAX_NAME).trim();
  if (title === '') return null;
  return {
    name: title,
    filter: filter.trim(),
    enabled: off !== '!',
    colours: { kind: 'own', ground: hexOf(parts.slice(0, 3)), text: hexOf(parts.slice(3)) },
  };
}

/** The rules in the same format. `coloursOf` says what a rule looks like. */
export function writeColorFilters(rules: readonly ColouringRule[], coloursOf: (rule: ColouringRule) => ColourPair): string {
  const lines = rules.map((rule) => {
    const { ground, text } = coloursOf(rule);
    const filter = rule.filter.replaceAll(/[\r\n]+/g, ' ');
    return `${rule.enabled ? '' : '!'}@${rule.name.replaceAll('@', ' ')}@${filter}@[${wide(ground)}][${wide(text)}]`;
  });
  return ['# Colouring rules, in the format of Wireshark', ...lines, ''].join('\n');
}

const hexOf = (parts: readonly number[]): string => `#${parts.map((part) => (part >> 8).toString(16).padStart(2, '0')).join('')}`;

/** 8 bits a channel as 16: 0xff is 0xffff. */
const wide = (colour: string): string => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) * 257).join(',');
