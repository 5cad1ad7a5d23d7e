import { create } from 'zustand';
import type { Problem, Result } from '../../shared/base/result';
import {
  DEFAULT_PROFILE,
  MAX_PROFILES,
  PLAIN_PROFILE,
  type Profile,
  type ProfileLayout,
  type StoredProfiles,
} from '../../shared/contract/profiles';
import { keepInspector, useLayout } from './layout';
import { cleanName, freeName } from './names';

export interface ProfilesState {
  readonly stored: StoredProfiles;
  /** The file could not be used. */
  readonly problem: Problem | null;
  /** Counts the switches: panes are laid out anew. */
  readonly switches: number;
}

export const useProfiles = create<ProfilesState>(() => ({
  stored: { active: DEFAULT_PROFILE, profiles: [PLAIN_PROFILE] },
  problem: null,
  switches: 0,
}));

export const activeProfile = ({ stored }: Pick<ProfilesState, 'stored'>): Profile =>
  stored.profiles.find(({ name }) => name === stored.active) ?? stored.profiles[0] ?? PLAIN_PROFILE;

/** Reads them from the desktop. Until then the default one holds. */
export const loadProfiles = async (): Promise<void> => useProfiles.setState(await window.portlight.profiles.load());

export const dismissProblem = (): void => useProfiles.setState({ problem: null });

function keep(stored: StoredProfiles): void {
  useProfiles.setState({ stored });
  void window.portlight.profiles.save(stored);
}

/** Changes the profile that is used. */
export function changeProfile(change: Partial<Omit<Profile, 'name'>>): void {
  const { stored } = useProfiles.getState();
  const active = activeProfile({ stored });
  keep({ ...stored, profiles: stored.profiles.map((one) => (one === active ? { ...one, ...change } : one)) });
}

/** As it is on screen, with its layout. */
export const presentProfile = (): Profile => ({ ...activeProfile(useProfiles.getState()), layout: presentLayout() });

export function switchProfile(name: string): void {
  const { stored } = useProfiles.getState();
  if (name === stored.active || !stored.profiles.some((one) => one.name === name)) return;
  const layout = presentLayout();
  keep({ active: name, profiles: stored.profiles.map((one) => (one.name === stored.active ? { ...one, layout } : one)) });
  layOut(activeProfile(useProfiles.getState()).layout);
  useProfiles.setState(({ switches }) => ({ switches: switches + 1 }));
}

/** Adds it under a name that no other one has, and switches to it. False where there are too many. */
export function addProfile(profile: Profile): boolean {
  const { stored } = useProfiles.getState();
  if (stored.profiles.length >= MAX_PROFILES) return false;
  const name = freeName(profile.name, stored.profiles);
  keep({ ...stored, profiles: [...stored.profiles, { ...profile, name }] });
  switchProfile(name);
  return true;
}

/** False where the name is taken or none, or the profile is the default one. */
export function renameProfile(name: string, wanted: string): boolean {
  const { stored } = useProfiles.getState();
  const title = cleanName(wanted);
  if (title === name) return true;
  if (name === DEFAULT_PROFILE || title === '' || stored.profiles.some((one) => one.name === title)) return false;
  keep({
    active: stored.active === name ? title : stored.active,
    profiles: stored.profiles.map((one) => (one.name === name ? { ...one, name: title } : one)),
  });
  return true;
}

/** The default one stays. */
export function removeProfile(name: string): void {
  if (name === DEFAULT_PROFILE) return;
  if (useProfiles.getState().stored.active === name) switchProfile(DEFAULT_PROFILE);
  const { stored } = useProfiles.getState();
  keep({ ...stored, profiles: stored.profiles.filter((one) => one.name !== name) });
}

const FILE_VERSION = 1;

/** The text of a file that `importProfile` takes. */
export const exportText = (profile: Profile): string =>
  `${JSON.stringify({ version: FILE_VERSION, portlightProfile: profile }, null, 2)}\n`;

/** Adds the profile that such a file holds and switches to it; the problem says what is wrong with the file. */
export async function importProfile(text: string): Promise<Result<Profile>> {
  const parsed = await window.portlight.profiles.parse(text);
  if (!parsed.ok || addProfile(parsed.value)) return parsed;
  return {
    ok: false,
    problem: { code: 'too-many-profiles', sentence: `There are ${MAX_PROFILES} profiles already.`, next: 'Remove one first.' },
  };
}

/** Where react-resizable-panels keeps the shares of our splits. */
const SPLITS = 'react-resizable-panels:portlight-';
const MAX_SPLITS = 64;

function presentLayout(): ProfileLayout {
  const splits: Record<string, Record<string, number>> = {};
  for (const key of splitKeys().slice(0, MAX_SPLITS)) {
    const shares = sharesOf(localStorage.getItem(key));
    if (shares) splits[key.slice(SPLITS.length)] = shares;
  }
  return { inspector: useLayout.getState().inspector, splits };
}

function layOut({ inspector, splits }: ProfileLayout): void {
  for (const key of splitKeys()) localStorage.removeItem(key);
  for (const [key, shares] of Object.entries(splits)) localStorage.setItem(SPLITS + key, JSON.stringify(shares));
  keepInspector(inspector);
}

const splitKeys = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(SPLITS));

function sharesOf(text: string | null): Record<string, number> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const entries = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    return entries.length > 0 ? Object.fromEntries(entries) : null;
  } catch {
    return null;
  }
}
