import { useLayoutEffect } from 'react';
import type { ColouringRule } from '../../../../shared/contract/profiles';
import { useLayout } from '../../../stores/layout';
import { readable } from '../../../theme/readable';
import type { ThemeName } from '../../../theme/theme';
import { toneOfRule } from './rule-tones';

const HEX = /^#[0-9a-f]{6}$/;

/** Own colours of rules as styles of rows. A selected row, and one under the pointer, have the ground and text of all rows. */
export function useRuleColours(rules: readonly ColouringRule[] | null): void {
  const theme = useLayout((state) => state.theme);
  useLayoutEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styleText(rules ?? [], theme));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [rules, theme]);
}

function styleText(rules: readonly ColouringRule[], theme: ThemeName): string {
  return rules
    .map((rule, position) => {
      const { colours } = rule;
      if (colours.kind === 'tone' || !HEX.test(colours.text) || !HEX.test(colours.ground)) return '';
      const { text, ground } = readable(colours, theme);
      const row = `:where([role="row"][data-tone="${toneOfRule(rule, position)}"])`;
      return `${row} { --row-text: ${text}; --own-text: ${text}; background: ${ground}; color: ${text}; }
${row}:where(:hover, [aria-selected="true"]) { --row-text: var(--fg0); --own-text: var(--fg0); color: var(--fg0); }`;
    })
    .join('\n');
}
