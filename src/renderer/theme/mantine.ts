import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Amber is Portlight's own accent; it stands for nothing else. */
const AMBER: MantineColorsTuple = [
  '#fff8e5',
  '#fdeec7',
  '#fadf9c',
  '#f8cf6d',
  '#f5b942',
  '#e5a528',
  '#c08512',
  '#8f5f00',
  '#6d4300',
  '#4d2f00',
];

export const mantineTheme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'amber',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { amber: AMBER },
  defaultRadius: 6,
  cursorType: 'default',
  respectReducedMotion: true,
  fontSizes: { xs: '11px', sm: '12px', md: '12px', lg: '14px', xl: '16px' },
});

const SHARED = {
  '--mantine-color-body': 'var(--bg1)',
  '--mantine-color-text': 'var(--fg0)',
  '--mantine-color-dimmed': 'var(--fg2)',
  '--mantine-color-placeholder': 'var(--fg2)',
  '--mantine-color-default': 'var(--bg2)',
  '--mantine-color-default-hover': 'var(--bg3)',
  '--mantine-color-default-color': 'var(--fg0)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-disabled': 'var(--bg2)',
  '--mantine-color-disabled-color': 'var(--fg2)',
};

/** Mantine's own surfaces take the tokens, so that a theme is one list of colours. */
export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, dark: SHARED, light: SHARED });
