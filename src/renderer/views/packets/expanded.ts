import { create } from 'zustand';
import { load, save } from '../../stores/storage';

/** Which fields a person opened or closed, by key: the same ones are open in the next packet. */
type Expanded = Readonly<Record<string, boolean>>;

const KEY = 'portlight-open-fields';
/** Fields with different keys that are remembered; the oldest choice is forgotten first. */
const MAX_KEYS = 400;

const isExpanded = (value: unknown): value is Expanded =>
  typeof value === 'object' && value !== null && Object.values(value).every((open) => typeof open === 'boolean');

export const useExpanded = create<{ readonly keys: Expanded }>(() => ({ keys: load(KEY, isExpanded, {}) }));

export function setOpen(changed: readonly string[], open: boolean): void {
  const keys: Record<string, boolean> = { ...useExpanded.getState().keys };
  for (const key of changed) {
    delete keys[key];
    keys[key] = open;
  }
  const all = Object.entries(keys);
  const kept = Object.fromEntries(all.slice(Math.max(0, all.length - MAX_KEYS)));
  useExpanded.setState({ keys: kept });
  save(KEY, kept);
}
