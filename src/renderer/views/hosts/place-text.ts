import type { HostRow } from '../../../shared/model/hosts';
import { texts } from '../../texts';
import { countryName } from '../../widgets/format/country';

/** 'Germany, Berlin'; of what is not public the kind of address; '' where nothing is known. */
export function placeText({ scope, country, city }: Pick<HostRow, 'scope' | 'country' | 'city'>): string {
  if (scope !== 'public') return texts.hosts.scopes[scope];
  return [country === null ? null : countryName(country), city].filter((part) => part !== null).join(', ');
}
