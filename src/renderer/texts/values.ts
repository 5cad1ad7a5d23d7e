/** Words of the menu that every value has. */
export const values = {
  filter: 'Filter to this',
  exclude: 'Exclude this',
  copy: 'Copy',
} as const;
