import { texts } from '../../texts';
import { AddressesSection } from './addresses/AddressesSection';
import { AppearanceSection } from './appearance/AppearanceSection';
import { DetectionSection } from './detection/DetectionSection';
import { ListsSection } from './lists/ListsSection';
import { NotificationsSection } from './notifications/NotificationsSection';
import { PlacesSection } from './places/PlacesSection';
import type { SectionEntry } from './section';
import { StorageSection } from './storage/StorageSection';

const { sections } = texts.settings;
// Rules are looked for by their names, whichever section they are in.
const rules = Object.values(texts.alerts.types);

/** The sections that exist, in the order of the list. */
export const SECTIONS: readonly SectionEntry[] = [
  { id: 'detection', ...sections.detection, keywords: [...sections.detection.keywords, ...rules], component: DetectionSection },
  { id: 'notifications', ...texts.notifications.section, component: NotificationsSection },
  { id: 'addresses', ...sections.addresses, component: AddressesSection },
  { id: 'lists', ...sections.lists, component: ListsSection },
  { id: 'places', ...sections.places, component: PlacesSection },
  { id: 'storage', ...sections.storage, component: StorageSection },
  { id: 'appearance', ...sections.appearance, component: AppearanceSection },
];
