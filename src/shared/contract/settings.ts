import type { Problem } from '../base/result';
import type { DetectionSettings, RuleInfo } from '../model/detection-settings';
import type { GeoInfo } from '../model/place';
import type { RetentionSettings } from '../model/retention';
import type { Bytes } from '../model/units';
import type { HistoryInfo, SessionInfo } from './engine';

export interface DetectionState {
  readonly settings: DetectionSettings;
  /** Every rule with its thresholds as they are set. */
  readonly rules: readonly RuleInfo[];
  /** What was stored could not be used, or not all of it; what is above is used. */
  readonly problem: Problem | null;
}

export const LIST_KINDS = ['blocklist', 'tor-relays', 'tor-exits', 'mining-pools', 'mining-ports', 'probe-paths'] as const;

/** What the rules do with a list. */
export type ListKind = (typeof LIST_KINDS)[number];

export interface ListRow {
  /** Name of its file, by which it is known. */
  readonly file: string;
  readonly kind: ListKind;
  /** As the file calls itself, else the file's name. */
  readonly name: string;
  /** Of its first lines; '': it does not say. */
  readonly source: string;
  readonly date: string;
  readonly licence: string;
  readonly entries: number;
  /** Lines that are no entry, or one too many. */
  readonly refused: number;
  /** The user's; false: it ships with the application. */
  readonly own: boolean;
  /** It stands in place of one that ships. */
  readonly replaces: boolean;
  /** Why it is not used; null: it is. */
  readonly problem: string | null;
}

export interface ListsState {
  /** Where the user's own lie. */
  readonly folder: string;
  readonly lists: readonly ListRow[];
}

export interface PlacesState {
  /** What is used; null: none could be opened. */
  readonly info: GeoInfo | null;
  /** The file that the user chose; null: what ships. */
  readonly chosen: string | null;
  /** The chosen file could not be opened. */
  readonly problem: Problem | null;
}

export interface StorageState {
  /** Null: nothing is kept. */
  readonly history: HistoryInfo | null;
  readonly retention: RetentionSettings;
  readonly problem: Problem | null;
}

export interface SpoolSizeState {
  /** Of each live session from the next one on. */
  readonly limit: Bytes;
  /** Free where they are kept; null: the system does not tell. */
  readonly free: Bytes | null;
  readonly problem: Problem | null;
}

export interface ClearReport {
  readonly captures: number;
  /** Of the database's file. */
  readonly before: Bytes;
  readonly after: Bytes;
}

export interface SettingsCalls {
  'detection.get': { args: Record<string, never>; result: DetectionState };
  /** Kept, and used by the next capture; what is open keeps the alerts that it has. Names or numbers that no rule knows are refused. */
  'detection.set': { args: { settings: DetectionSettings }; result: DetectionState };
  /** For each line why it is neither an address nor a prefix, as a sentence; null: it is one. */
  'detection.check-addresses': { args: { lines: readonly string[] }; result: { readonly problems: readonly (string | null)[] } };
  /** Reads the open capture anew with the present settings and lists; filter and time range stay. Answers like 'session.open'. */
  'detection.again': { args: Record<string, never>; result: SessionInfo };

  'lists.info': { args: Record<string, never>; result: ListsState };
  /** Copies a file of addresses, prefixes, ranges or names to the user's own lists, if it has any; one of the same name is replaced. */
  'lists.import': { args: { path: string; kind: ListKind }; result: ListRow };
  /** One of the user's own. It is put aside until the next one is removed. */
  'lists.remove': { args: { file: string }; result: null };
  /** Undoes the last removal of this file. */
  'lists.restore': { args: { file: string }; result: null };

  'places.info': { args: Record<string, never>; result: PlacesState };
  /** An .mmdb file, or null for what ships. One that cannot be opened is a problem and changes nothing. */
  'places.use': { args: { path: string | null }; result: PlacesState };

  'storage.get': { args: Record<string, never>; result: StorageState };
  /** Kept, and enforced before it is answered. */
  'storage.set': { args: { retention: RetentionSettings }; result: StorageState };
  'spool-size.get': { args: Record<string, never>; result: SpoolSizeState };
  'spool-size.set': { args: { limit: Bytes }; result: SpoolSizeState };
  /** Forgets captures that were last opened so many days ago or earlier, with alerts and notes; null: all of them. Settings and mutes stay. */
  'storage.clear': { args: { olderThanDays: number | null }; result: ClearReport };
}
