export const THEMES = ['dark', 'light', 'contrast'] as const;
export type ThemeName = (typeof THEMES)[number];

const STORAGE_KEY = 'portlight-theme';

export function savedTheme(): ThemeName {
  const saved = localStorage.getItem(STORAGE_KEY);
  return THEMES.find((name) => name === saved) ?? 'dark';
}

export function applyTheme(name: ThemeName): void {
  document.documentElement.dataset.theme = name;
  localStorage.setItem(STORAGE_KEY, name);
}

/** What Mantine calls the theme's ground. */
export const schemeOf = (name: ThemeName): 'dark' | 'light' => (name === 'light' ? 'light' : 'dark');
