import { texts } from '../../texts';
import { AppearanceSection } from './appearance/AppearanceSection';
import type { SectionEntry } from './section';

const { sections } = texts.settings;

/** The sections that exist, in the order of the list. */
export const SECTIONS: readonly SectionEntry[] = [{ id: 'appearance', ...sections.appearance, component: AppearanceSection }];
