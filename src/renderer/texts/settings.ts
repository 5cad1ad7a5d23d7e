/** Words of the settings. */
export const settings = {
  title: 'Settings',
  list: 'Sections of the settings',
  search: 'Search settings',
  close: 'Close the settings',
  open: 'Open the settings',
  nothing: (query: string) => `No setting matches “${query}”`,
  nothingHint: 'Try another word, or clear the search to see every section.',
  sections: {
    appearance: {
      title: 'Appearance',
      about: 'How the window looks.',
      keywords: ['theme', 'dark', 'light', 'high contrast', 'colours', 'inspector'],
    },
  },
  appearance: {
    theme: 'Theme',
    themeAbout: 'Colours of the window. High contrast is for bright rooms and tired eyes.',
    themes: { dark: 'Dark', light: 'Light', contrast: 'High contrast' },
    inspector: 'Inspector',
    inspectorAbout: 'The panel at the right that explains the selected packet or flow.',
  },
} as const;
