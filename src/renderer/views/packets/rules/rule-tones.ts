import { useMemo } from 'react';
import type { ColouringRule } from '../../../../shared/contract/profiles';
import type { PacketRow } from '../../../../shared/model/records';
import { activeProfile, useProfiles } from '../../../stores/profiles';
import { toneOf } from '../tone';
import { DEFAULT_RULES } from './default-rules';

const isUsed = ({ enabled }: ColouringRule): boolean => enabled;
const RULE_TONE = 'rule-';

/** `data-tone` of a row that this rule in use colours. */
export const toneOfRule = ({ colours }: ColouringRule, position: number): string =>
  colours.kind === 'tone' ? colours.tone : `${RULE_TONE}${position}`;

/** The rules that are in use; null: those that Portlight comes with, which need no filter. */
export function useRules(): readonly ColouringRule[] | null {
  const rules = useProfiles((state) => activeProfile(state).rules);
  return useMemo(() => rules?.filter(isUsed) ?? null, [rules]);
}

/** The ground of a row, by these rules. */
export function useTone(rules: readonly ColouringRule[] | null): (row: PacketRow) => string {
  return useMemo(() => {
    if (rules === null) return toneOf;
    const tones = rules.map(toneOfRule);
    return ({ rule }) => (rule === undefined ? '' : (tones[rule] ?? ''));
  }, [rules]);
}

/** The name of the rule that colours a row; '' where none does. */
export function ruleNameOf(row: PacketRow): string {
  const { rules } = activeProfile(useProfiles.getState());
  if (rules !== null) return row.rule === undefined ? '' : (rules.filter(isUsed)[row.rule]?.name ?? '');
  const tone = toneOf(row);
  return DEFAULT_RULES.find(({ colours }) => colours.kind === 'tone' && colours.tone === (tone === 'ssh' ? 'tls' : tone))?.name ?? '';
}
