import { create } from 'zustand';
import { applyTheme, savedTheme, type ThemeName } from '../theme/theme';
import { load, save } from './storage';

export interface LayoutState {
  readonly view: string;
  /** The page of sources stands in place of the view, with this door open; not kept. `adds`: a source to what is captured. */
  readonly sources: { readonly door: string | null; readonly adds: boolean } | null;
  /** The settings stand in place of the view; not kept. */
  readonly settings: boolean;
  /** What is searched for in them when they open. */
  readonly settingsSearch: string;
  /** null until a person decides: it is shown where the window is wide enough. */
  readonly inspector: boolean | null;
  readonly isWide: boolean;
  readonly theme: ThemeName;
}

const KEY = 'portlight-layout';

type Saved = Pick<LayoutState, 'view' | 'inspector'>;
const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' &&
  value !== null &&
  'view' in value &&
  typeof value.view === 'string' &&
  'inspector' in value &&
  (typeof value.inspector === 'boolean' || value.inspector === null);

/** Below this width the view needs the room more than the inspector does. */
const wide = matchMedia('(width >= 1180px)');

export const useLayout = create<LayoutState>(() => ({
  ...load(KEY, isSaved, { view: 'packets', inspector: null }),
  sources: null,
  settings: false,
  settingsSearch: '',
  isWide: wide.matches,
  theme: savedTheme(),
}));

wide.addEventListener('change', ({ matches }) => useLayout.setState({ isWide: matches }));

export const showsInspector = ({ inspector, isWide }: LayoutState): boolean => inspector ?? isWide;

function keep(change: Partial<Saved>): void {
  useLayout.setState(change);
  const { view, inspector } = useLayout.getState();
  save(KEY, { view, inspector } satisfies Saved);
}

export function showView(view: string): void {
  hideSettings();
  hideSources();
  keep({ view });
}

export const showSettings = (): void => searchSettings('');
/** With only what these words are found in. */
export const searchSettings = (words: string): void => useLayout.setState({ settings: true, settingsSearch: words });
/** `door`: the one that is opened; null: as it was left. */
export const showSources = (door: string | null = null): void => useLayout.setState({ sources: { door, adds: false }, settings: false });
/** Where a further source of the capture that goes on is chosen. */
export const showAddSource = (): void => useLayout.setState({ sources: { door: 'interface', adds: true }, settings: false });
export const hideSources = (): void => useLayout.setState({ sources: null });
export const hideSettings = (): void => useLayout.setState({ settings: false });
export const keepInspector = (inspector: boolean | null): void => keep({ inspector });
export const toggleInspector = (): void => keepInspector(!showsInspector(useLayout.getState()));

export function setTheme(theme: ThemeName): void {
  applyTheme(theme);
  useLayout.setState({ theme });
}
