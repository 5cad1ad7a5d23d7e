import type { ComponentType } from 'react';

export interface SectionProps {
  /** What is searched for, in lower case; a section leaves out rows that `mentions` says have nothing to do with it. '': everything. */
  readonly query: string;
}

/** A part of the settings. */
export interface SectionEntry {
  readonly id: string;
  readonly title: string;
  /** Under the title: what it decides, one sentence. */
  readonly about: string;
  /** Words by which it is found that its title does not have. */
  readonly keywords: readonly string[];
  readonly component: ComponentType<SectionProps>;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every word of the query begins a word of the texts. */
export function mentions(query: string, ...found: readonly string[]): boolean {
  const all = wordsOf(found.join(' '));
  return wordsOf(query).every((wanted) => all.some((word) => word.startsWith(wanted)));
}

/** Whether the query names the section itself: then all of it is meant, not some of its rows. */
export const isNamed = ({ title }: Pick<SectionEntry, 'title'>, query: string): boolean => mentions(query, title);
