import { MAX_NAME } from '../../shared/contract/profiles';

/** A name in one line that can be kept; '' where nothing is left of it. */
export const cleanName = (name: string): string =>
  name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME)
    .trim();

/** 'Lab', 'Lab 2', 'Lab 3' ... */
export function freeName(name: string, taken: readonly { readonly name: string }[]): string {
  const has = (wanted: string): boolean => taken.some((one) => one.name === wanted);
  for (let number = 2, wanted = name; ; number++) {
    if (!has(wanted)) return wanted;
    wanted = `${name.slice(0, MAX_NAME - 5)} ${number}`;
  }
}
