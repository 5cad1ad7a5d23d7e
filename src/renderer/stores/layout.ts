import { create } from 'zustand';
import { applyTheme, savedTheme, type ThemeName } from '../theme/theme';
import { load, save } from './storage';

export interface LayoutState {
  readonly view: string;
  readonly inspector: boolean;
  readonly theme: ThemeName;
}

const KEY = 'portlight-layout';

type Saved = Pick<LayoutState, 'view' | 'inspector'>;
const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' && value !== null && 'view' in value && typeof value.view === 'string' && 'inspector' in value && typeof value.inspector === 'boolean';

/** Below this width the list needs the room more than the inspector does. */
const NARROW_WINDOW = 1180;

export const useLayout = create<LayoutState>(() => ({
  ...load(KEY, isSaved, { view: 'packets', inspector: window.innerWidth >= NARROW_WINDOW }),
  theme: savedTheme(),
}));

function keep(change: Partial<Saved>): void {
  useLayout.setState(change);
  const { view, inspector } = useLayout.getState();
  save(KEY, { view, inspector } satisfies Saved);
}

export const showView = (view: string): void => keep({ view });
export const toggleInspector = (): void => keep({ inspector: !useLayout.getState().inspector });

export function setTheme(theme: ThemeName): void {
  applyTheme(theme);
  useLayout.setState({ theme });
}
