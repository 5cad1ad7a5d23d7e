import type { MapCountry, MapPlace, MapPort } from '../../../shared/contract/map';
import type { AlertType } from '../../../shared/model/alerts';
import { setQuery as setAlertQuery, showAllAlerts } from '../../stores/alert-query';
import { countryTest } from '../../stores/filter-text';
import { showHostsIn } from '../../stores/host-query';
import { openHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import { valueItems } from '../../values/value-items';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import { countryName } from '../../widgets/format/country';
import { placeName } from './place-name';

const words = texts.map.menu;

const copy = (text: string): MenuItem => ({
  id: 'copy',
  label: words.copy,
  separated: true,
  run: () => void window.portlight.copyText(text),
});

export function countryMenu({ code }: MapCountry): MenuItem[] {
  const name = countryName(code);
  const hosts = { id: 'hosts', label: words.hosts(name), separated: true, run: () => showHostsIn({ country: code }) };
  const [filter, excluded, copied] = valueItems({ text: name, test: countryTest(code) });
  return [filter, excluded, hosts, copied].filter((item) => item !== undefined);
}

/** The hosts of a place by name, as far as the map knows them, and all of them in the list. */
export function placeMenu({ addresses, city, country, ...place }: MapPlace): MenuItem[] {
  const hosts: MenuItem[] = addresses.map((address) => ({
    id: address,
    label: words.host(address),
    run: () => openHost(address),
  }));
  const where = city !== null ? { city } : country !== null ? { country } : null;
  if (where && place.hosts > addresses.length)
    hosts.push({
      id: 'hosts',
      label: words.hosts(city ?? countryName(country ?? '')),
      detail: texts.map.hosts(String(place.hosts)),
      separated: true,
      run: () => showHostsIn(where),
    });
  const inCountry = country === null ? [] : valueItems({ text: countryName(country), test: countryTest(country) }).slice(0, 2);
  return [...hosts, ...inCountry.map((item, index) => ({ ...item, separated: index === 0 })), copy(placeName({ city, country }))];
}

export function portMenu({ transport, port }: MapPort): MenuItem[] {
  const test = `${transport.toLowerCase()}.port == ${port}`;
  return valueItems({ text: `${port}/${transport.toLowerCase()}`, test });
}

/** The list of alerts, narrowed to the type. */
export function showAlertsOf(type: AlertType): void {
  showAllAlerts();
  setAlertQuery({ grouping: 'type', group: type });
  showView('alerts');
}
