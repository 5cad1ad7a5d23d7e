import type { HostRow } from '../../../shared/model/hosts';
import { texts } from '../../texts';
import { countryName } from '../../widgets/format/country';

/** 'Germany, Berlin'; of what is not public the kind of address; '' where nothing is known. */
export function placeText({ scope, country, city }: Pick<HostRow, 'scope' | 'country' | 'city'>): string {
  if (scope !== 'public') return texts.hosts.scopes[scope];
  return [country === null ? null : countryName(country), city].filter((part) => part !== null).join(', ');
}

/** The severity whose colours a risk has; null: none. */
export function riskLevel(risk: number): 'critical' | 'high' | 'medium' | 'low' | null {
  if (risk >= 75) return 'critical';
  if (risk >= 50) return 'high';
  if (risk >= 25) return 'medium';
  return risk > 0 ? 'low' : null;
}
