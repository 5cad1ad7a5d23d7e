import type { MapCountry, MapPlace, MapPort } from '../../../shared/contract/map';
import type { AlertType } from '../../../shared/model/alerts';
import { setQuery as setAlertQuery, showAllAlerts } from '../../stores/alert-query';
import { exclude, filterTo } from '../../stores/filter';
import { showHostsIn } from '../../stores/host-query';
import { openHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
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
  return [{ id: 'hosts', label: words.hosts(name), run: () => showHostsIn({ country: code }) }, copy(name)];
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
  return [...hosts, copy(placeName({ city, country }))];
}

export function portMenu({ transport, port }: MapPort): MenuItem[] {
  const test = `${transport.toLowerCase()}.port == ${port}`;
  return [
    { id: 'filter', label: words.port, detail: test, run: () => void filterTo(test) },
    { id: 'exclude', label: words.excludePort, run: () => void exclude(test) },
  ];
}

/** The list of alerts, narrowed to the type. */
export function showAlertsOf(type: AlertType): void {
  showAllAlerts();
  setAlertQuery({ grouping: 'type', group: type });
  showView('alerts');
}
