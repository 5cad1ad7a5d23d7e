import type { MapPlace } from '../../../shared/contract/map';
import { countryName } from '../../widgets/format/country';

/** 'Amsterdam, Netherlands'; '' where neither is known. */
export const placeName = ({ city, country }: Pick<MapPlace, 'city' | 'country'>): string =>
  [city, country === null ? null : countryName(country)].filter((part) => part !== null).join(', ');
