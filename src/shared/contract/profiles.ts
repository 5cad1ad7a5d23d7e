import type { Problem, Result } from '../base/result';

/** Grounds of rows that the theme has colours for; each is `--tone-...` in theme/tokens.css. */
export const ROW_TONES = ['malformed', 'problem', 'error', 'reset', 'syn', 'udp', 'dns', 'tls', 'http', 'icmp', 'arp', 'routing'] as const;

export type RowTone = (typeof ROW_TONES)[number];

/** Colours of the theme, or own ones as '#rrggbb'. Those are brought to what can be read in each theme when they are shown. */
export type RuleColours =
  | { readonly kind: 'tone'; readonly tone: RowTone }
  | { readonly kind: 'own'; readonly text: string; readonly ground: string };

/** Packets that the display filter shows have these colours, unless a rule before it did. */
export interface ColouringRule {
  readonly name: string;
  readonly filter: string;
  readonly enabled: boolean;
  readonly colours: RuleColours;
}

/** A column of the packet list that shows a field. Its id in the arrangement is `userColumnId(field)`. */
export interface UserColumn {
  readonly field: string;
  readonly title: string;
  readonly align: 'left' | 'right';
}

const USER_COLUMN = 'field:';

export const userColumnId = (field: string): string => USER_COLUMN + field;

export const TIME_FORMATS = ['relative', 'local', 'utc', 'date', 'delta'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** Columns of the packet list. Ids that do not exist are ignored, missing ones stand where they do by default. */
export interface PacketColumns {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** px. */
  readonly widths: Readonly<Record<string, number>>;
  readonly timeFormat: TimeFormat;
  readonly own: readonly UserColumn[];
}

export interface SavedFilter {
  readonly name: string;
  readonly filter: string;
}

export interface ProfileLayout {
  /** null: where the window is wide enough. */
  readonly inspector: boolean | null;
  /** Shares of the panes of each split, percent. */
  readonly splits: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** How a person works with packets, under one name. */
export interface Profile {
  readonly name: string;
  readonly columns: PacketColumns;
  /** null: those that Portlight comes with. */
  readonly rules: readonly ColouringRule[] | null;
  readonly filters: readonly SavedFilter[];
  readonly layout: ProfileLayout;
}

export interface StoredProfiles {
  /** Name of the one that is used. */
  readonly active: string;
  /** The first is `DEFAULT_PROFILE`. */
  readonly profiles: readonly Profile[];
}

/** It is always there. */
export const DEFAULT_PROFILE = 'Default';
export const MAX_PROFILES = 32;
export const MAX_SAVED_FILTERS = 100;
/** Of a profile, a rule, a column's title and a saved filter. */
export const MAX_NAME = 80;
/** Of a saved filter; longer ones are refused by the engine too. */
export const MAX_SAVED_FILTER = 10_000;
/** Characters of a profile's file. */
export const MAX_PROFILE_FILE = 4_000_000;

/** As Portlight comes. */
export const PLAIN_PROFILE: Profile = {
  name: DEFAULT_PROFILE,
  columns: { order: [], hidden: [], widths: {}, timeFormat: 'relative', own: [] },
  rules: null,
  filters: [],
  layout: { inspector: null, splits: {} },
};

/** Profiles are one file in the user's data folder. */
export interface ProfileBridge {
  /** `problem`: the file could not be used; what it is called now, and that the defaults hold. */
  load(): Promise<{ readonly stored: StoredProfiles; readonly problem: Problem | null }>;
  save(stored: StoredProfiles): Promise<void>;
  /** The profile that an exported file holds. */
  parse(text: string): Promise<Result<Profile>>;
}
