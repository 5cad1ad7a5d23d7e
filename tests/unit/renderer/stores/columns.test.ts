import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeColumnStore } from '../../../../src/renderer/stores/columns';

const KEY = 'columns-of-a-test';
const IDS = ['a', 'b', 'c', 'd'] as const;

const make = () =>
  makeColumnStore<(typeof IDS)[number], { readonly sort: string }>({
    key: KEY,
    ids: IDS,
    more: { sort: 'a' },
    isMore: ({ sort }) => typeof sort === 'string',
  });

describe('columns that a person arranges', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are the same after the next start', () => {
    const store = make();
    store.setWidth('b', 120.4);
    store.setOrder(['d', 'c', 'b', 'a']);
    store.setHidden('c', true);
    store.keep({ sort: 'b' });
    expect(make().use.getState()).toEqual({ order: ['d', 'c', 'b', 'a'], hidden: ['c'], widths: { b: 120 }, sort: 'b' });
  });

  it('keep hidden ones behind the column that they followed', () => {
    const store = make();
    store.setHidden('b', true);
    store.setOrder(['d', 'a', 'c']);
    expect(store.use.getState().order).toEqual(['d', 'a', 'b', 'c']);
  });

  it('keep those that are not offered at present, hidden or not', () => {
    const store = make();
    store.setHidden('c', true);
    store.setOrder(['d', 'a']);
    expect(store.use.getState()).toMatchObject({ order: ['d', 'a', 'b', 'c'], hidden: ['c'] });
    expect(make().use.getState().order).toEqual(['d', 'a', 'b', 'c']);
  });

  it('are never all hidden', () => {
    const store = make();
    for (const id of IDS) store.setHidden(id, true);
    expect(store.use.getState().hidden).toEqual(['a', 'b', 'c']);
  });

  it('go back to what they were, the rest stays', () => {
    const store = make();
    store.setHidden('a', true);
    store.setWidth('b', 300);
    store.keep({ sort: 'd' });
    store.reset();
    expect(store.use.getState()).toEqual({ order: IDS, hidden: [], widths: {}, sort: 'd' });
  });

  const broken = [
    '{',
    '"text"',
    '{"order":["a","b","c"],"hidden":[],"widths":{},"sort":"a"}',
    '{"order":["a","b","c","c"],"hidden":[],"widths":{},"sort":"a"}',
    '{"order":["a","b","c","d"],"hidden":["a","b","c","d"],"widths":{},"sort":"a"}',
    '{"order":["a","b","c","d"],"hidden":[],"widths":{"x":1},"sort":"a"}',
    '{"order":["a","b","c","d"],"hidden":[],"widths":{"a":"1"},"sort":"a"}',
    '{"order":["a","b","c","d"],"hidden":[],"widths":{},"sort":7}',
  ];
  it.each(broken)('are as at first where what was kept is no arrangement: %s', (text) => {
    localStorage.setItem(KEY, text);
    expect(make().use.getState()).toEqual({ order: IDS, hidden: [], widths: {}, sort: 'a' });
  });
});
