import type { ColouringRule } from '../../../../shared/contract/profiles';
import { useLayout } from '../../../stores/layout';
import { texts } from '../../../texts';
import { type ColourPair, readable } from '../../../theme/readable';
import { MAX_COLOR_FILTERS, parseColorFilters, type ReadRules, writeColorFilters } from './color-filters';

const words = texts.colouring;

/** The rules of a `colorfilters` file, or what is wrong with it. */
export async function readRules(file: File): Promise<ReadRules | string> {
  if (file.size > MAX_COLOR_FILTERS) return words.tooLarge;
  try {
    const read = parseColorFilters(await file.text());
    return read.rules.length === 0 ? words.nothingImported : read;
  } catch {
    return words.unreadable;
  }
}

/** Asks where, and writes the rules as `colorfilters`. Gives what there is to say. */
export async function exportRules(rules: readonly ColouringRule[]): Promise<string> {
  const answer = await window.portlight.saveText({
    suggestedName: 'colorfilters',
    filters: [{ name: words.files, extensions: ['*'] }],
    text: writeColorFilters(rules, shownColours),
  });
  return answer.ok ? '' : answer.problem.sentence;
}

/** What a rule looks like in the present theme. */
export function shownColours({ colours }: ColouringRule): ColourPair {
  const { theme } = useLayout.getState();
  if (colours.kind === 'own') return readable(colours, theme);
  const style = getComputedStyle(document.documentElement);
  const token = (name: string, otherwise: string): string => {
    const value = style.getPropertyValue(name).trim();
    return /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : style.getPropertyValue(otherwise).trim();
  };
  return { ground: token(`--tone-${colours.tone}`, '--bg0'), text: token(`--tone-${colours.tone}-text`, '--fg0') };
}
