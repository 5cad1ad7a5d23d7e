import { create } from 'zustand';
import type { TimeRange } from '../../shared/contract/engine';
import type { FlowIndex, PacketIndex } from '../../shared/model/units';

/** What a person looks at: which view, through which filter and time range, and what is selected there. */
export interface Context {
  readonly view: string;
  /** The filter that is applied, not what is being typed. */
  readonly text: string;
  readonly range: TimeRange | null;
  /** One packet or one flow is selected for all views. */
  readonly selected: { readonly packet: PacketIndex } | { readonly flow: FlowIndex } | null;
  /** Id of the alert that is read. */
  readonly alert: number | null;
  /** Address of the host that is read. */
  readonly host: string | null;
}

export interface ContextHistory {
  /** Oldest first; the present one is `entries[at]`. Empty before the first session. */
  readonly entries: readonly Context[];
  readonly at: number;
  /** Number of the person's action that made or showed the present entry. */
  readonly action: number;
}

/** Entries that are kept: more than anybody goes back by hand. A range and a filter are a few hundred bytes. */
export const MAX_CONTEXTS = 100;

export const NO_CONTEXTS: ContextHistory = { entries: [], at: -1, action: 0 };

export const useContextHistory = create<ContextHistory>(() => NO_CONTEXTS);

/** A history that begins here. */
export const begun = (context: Context, action: number): ContextHistory => ({ entries: [context], at: 0, action });

/**
 * The history after the context changed. All changes of one action are one entry, so that a click that sets filter, view and selection one
 * after the other is gone back on at once. Another action's change drops what lay ahead, as in a browser.
 */
export function changed(history: ContextHistory, context: Context, action: number): ContextHistory {
  const { entries, at } = history;
  const present = entries[at];
  if (!present) return begun(context, action);
  if (isSame(present, context)) return history;
  if (action === history.action) return { ...history, entries: entries.with(at, context) };
  const kept = [...entries.slice(0, at + 1), context].slice(-MAX_CONTEXTS);
  return { entries: kept, at: kept.length - 1, action };
}

/** The entry that many steps from the present one (below 0: back), as far as there is one. */
export const contextAt = ({ entries, at }: ContextHistory, steps: number): Context | null => entries[at + steps] ?? null;

/** The history when that entry is shown again: nothing is added or dropped. */
export const stepped = (history: ContextHistory, steps: number, action: number): ContextHistory =>
  contextAt(history, steps) ? { ...history, at: history.at + steps, action } : history;

export function isSame(a: Context, b: Context): boolean {
  return (
    a.view === b.view &&
    a.text === b.text &&
    isSameRange(a.range, b.range) &&
    isSameSelection(a, b) &&
    a.alert === b.alert &&
    a.host === b.host
  );
}

export const isSameRange = (a: TimeRange | null, b: TimeRange | null): boolean =>
  a === b || (a !== null && b !== null && a.from === b.from && a.to === b.to);

function isSameSelection({ selected: a }: Context, { selected: b }: Context): boolean {
  if (a === null || b === null) return a === b;
  return 'packet' in a ? 'packet' in b && a.packet === b.packet : 'flow' in b && a.flow === b.flow;
}
