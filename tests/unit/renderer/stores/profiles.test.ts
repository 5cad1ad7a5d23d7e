import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Profile, StoredProfiles } from '../../../../src/shared/contract/profiles';

type Stores = typeof import('../../../../src/renderer/stores/profiles');
type Columns = typeof import('../../../../src/renderer/views/packets/column-store');
type Filters = typeof import('../../../../src/renderer/stores/saved-filters');

/** The page's desktop, as far as profiles need it. */
class Desktop {
  readonly items = new Map<string, string>();
  saved: StoredProfiles | null = null;

  provide(): void {
    const { items } = this;
    const localStorage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => Object.assign(localStorage, { [key]: items.set(key, value).get(key) }),
      removeItem: (key: string) => items.delete(key) && Reflect.deleteProperty(localStorage, key),
    };
    vi.stubGlobal('localStorage', localStorage);
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => {} }));
    const save = async (stored: StoredProfiles): Promise<void> => {
      this.saved = stored;
    };
    vi.stubGlobal('window', { portlight: { profiles: { save } } });
  }
}

describe('profiles in the window', () => {
  const desktop = new Desktop();
  let stores: Stores;
  let columns: Columns;
  let filters: Filters;
  let before: ReturnType<Stores['useProfiles']['getState']>;

  beforeAll(async () => {
    desktop.provide();
    stores = await import('../../../../src/renderer/stores/profiles');
    columns = await import('../../../../src/renderer/views/packets/column-store');
    filters = await import('../../../../src/renderer/stores/saved-filters');
    before = stores.useProfiles.getState();
  });
  beforeEach(() => {
    stores.useProfiles.setState(before, true);
    desktop.items.clear();
    desktop.provide();
  });
  afterAll(() => {
    stores.useProfiles.setState(before, true);
    vi.unstubAllGlobals();
  });

  const names = (): string[] => stores.useProfiles.getState().stored.profiles.map(({ name }) => name);
  const active = (): Profile => stores.activeProfile(stores.useProfiles.getState());

  it('begin as copies under names of their own, and change alone', () => {
    columns.addColumn('ip.ttl');
    expect(stores.addProfile(stores.presentProfile())).toBe(true);
    expect(names()).toEqual(['Default', 'Default 2']);
    columns.removeColumn('ip.ttl');
    expect(active()).toMatchObject({ name: 'Default 2', columns: { own: [] } });
    stores.switchProfile('Default');
    expect(active().columns.own).toEqual([{ field: 'ip.ttl', title: 'ip.ttl', align: 'left' }]);
    expect(desktop.saved).toEqual(stores.useProfiles.getState().stored);
  });

  it('keep the panes as they were left', () => {
    const key = 'react-resizable-panels:portlight-packets';
    localStorage.setItem(key, '{"list":70,"details":30}');
    stores.addProfile({ ...stores.presentProfile(), name: 'Lab' });
    localStorage.setItem(key, '{"list":40,"details":60}');
    stores.switchProfile('Default');
    expect(localStorage.getItem(key)).toBe('{"list":70,"details":30}');
    stores.switchProfile('Lab');
    expect(localStorage.getItem(key)).toBe('{"list":40,"details":60}');
  });

  it('cannot have a name twice, and the default one stays as it is called', () => {
    stores.addProfile({ ...stores.presentProfile(), name: 'Lab' });
    expect(stores.renameProfile('Lab', 'Default')).toBe(false);
    expect(stores.renameProfile('Default', 'Mine')).toBe(false);
    expect(stores.renameProfile('Lab', ' Field\nwork ')).toBe(true);
    expect(active().name).toBe('Field work');
    stores.removeProfile('Default');
    stores.removeProfile('Field work');
    expect(names()).toEqual(['Default']);
    expect(active().name).toBe('Default');
  });

  it('are no more than 32', () => {
    for (let made = 1; made < 32; made++) expect(stores.addProfile(stores.presentProfile())).toBe(true);
    expect(stores.addProfile(stores.presentProfile())).toBe(false);
    expect(new Set(names()).size).toBe(32);
  });

  it('hold columns of fields before Info, once each, with what is not known left out', () => {
    columns.addColumn('tcp.window_size', ' Win\tdow ', 'right');
    columns.addColumn('tcp.window_size');
    columns.setHidden('length', true);
    const { order, hidden, own } = columns.columnSettings();
    expect(own).toEqual([{ field: 'tcp.window_size', title: 'Win dow', align: 'right' }]);
    expect(order).toEqual(['number', 'time', 'source', 'destination', 'protocol', 'length', 'rule', 'field:tcp.window_size', 'info']);
    expect(hidden).toEqual(['length', 'rule']);
    stores.changeProfile({ columns: { ...active().columns, order: ['info', 'gone', 'info', 'number'], hidden: ['gone'] } });
    expect(columns.columnSettings().order.slice(0, 1)).toEqual(['info']);
    expect(new Set(columns.columnSettings().order)).toEqual(new Set(order));
    columns.resetColumns();
    expect(columns.columnSettings()).toMatchObject({ own: [], hidden: ['rule'] });
  });

  it('are never without a column', () => {
    for (const id of columns.columnSettings().order) columns.setHidden(id, true);
    const { order, hidden } = columns.columnSettings();
    expect(order.length - hidden.length).toBe(1);
    columns.addColumn('ip.ttl');
    for (const id of columns.COLUMN_IDS) columns.setHidden(id, true);
    columns.removeColumn('ip.ttl');
    expect(columns.columnSettings().hidden.length).toBeLessThan(columns.columnSettings().order.length);
  });

  it('hold filters, of which a name is one and 100 are all', () => {
    expect(filters.saveFilter('Names', ' dns ')).toBe(true);
    expect(filters.saveFilter('Names', 'dns || mdns')).toBe(true);
    expect(filters.savedFilters()).toEqual([{ name: 'Names', filter: 'dns || mdns' }]);
    for (let made = 1; made < 100; made++) expect(filters.saveFilter(`${made}`, 'tcp')).toBe(true);
    expect(filters.saveFilter('one more', 'tcp')).toBe(false);
    expect(filters.saveFilter('Names', 'dns')).toBe(true);
    expect(filters.matchingFilters('NAME')).toEqual([{ name: 'Names', filter: 'dns' }]);
    expect(filters.matchingFilters(' ')).toEqual([]);
    expect(filters.matchingFilters('tcp')).toEqual([]);
  });
});
