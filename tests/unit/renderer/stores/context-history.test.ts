import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begun,
  type Context,
  type ContextHistory,
  changed,
  contextAt,
  MAX_CONTEXTS,
  NO_CONTEXTS,
  stepped,
} from '../../../../src/renderer/stores/context-history';

const START: Context = { view: 'packets', text: '', range: null, selected: null, alert: null, host: null };

const context = (change: Partial<Context>): Context => ({ ...START, ...change });

/** 'packets > flows > [hosts]': views of the entries, the present one in brackets. */
const picture = ({ entries, at }: ContextHistory): string =>
  entries.map(({ view, text }, i) => (i === at ? `[${view}${text}]` : `${view}${text}`)).join(' > ');

/** One change an action, each to a view of that name. */
const visited = (...views: string[]): ContextHistory =>
  views.reduce<ContextHistory>((history, view, i) => changed(history, context({ view }), i), NO_CONTEXTS);

describe('the history of contexts', () => {
  it('has an entry for each action that changed something', () => {
    expect(picture(visited('packets', 'flows', 'flows', 'hosts'))).toBe('packets > flows > [hosts]');
  });

  it('takes the changes of one action as one', () => {
    let history = begun(START, 1);
    history = changed(history, context({ view: 'flows', text: ' dns' }), 2);
    history = changed(history, context({ view: 'packets', text: ' dns', selected: { packet: 4 } }), 2);
    expect(picture(history)).toBe('packets > [packets dns]');
    expect(contextAt(history, 0)?.selected).toEqual({ packet: 4 });
  });

  it('knows contexts apart by each of their parts, and by what the parts say', () => {
    const parts: readonly Partial<Context>[] = [
      { view: 'map' },
      { text: 'dns' },
      { range: { from: 1, to: 2 } },
      { range: { from: 1, to: 3 } },
      { selected: { packet: 1 } },
      { selected: { packet: 2 } },
      { selected: { flow: 1 } },
      { alert: 1 },
      { host: '10.0.0.4' },
    ];
    let history = begun(START, 0);
    parts.forEach((part, i) => {
      history = changed(history, context(part), 2 * i + 1);
      history = changed(history, structuredClone(context(part)), 2 * i + 2);
    });
    expect(history.entries).toHaveLength(1 + parts.length);
  });

  it('drops what lay ahead when something else is done, and not before', () => {
    const back = stepped(stepped(visited('packets', 'flows', 'hosts'), -1, 10), -1, 11);
    expect(picture(back)).toBe('[packets] > flows > hosts');
    expect(picture(changed(back, context({ view: 'packets', selected: { packet: 0 } }), 11))).toBe('[packets] > flows > hosts');
    expect(picture(changed(back, context({ view: 'map' }), 12))).toBe('packets > [map]');
  });

  it('ends at both ends', () => {
    const history = visited('packets', 'flows');
    expect(stepped(history, 1, 9)).toBe(history);
    expect(contextAt(history, -2)).toBeNull();
    expect(contextAt(NO_CONTEXTS, -1)).toBeNull();
  });

  it('keeps the newest, goes back to the oldest of them and on to where it was', () => {
    const views = fc.array(fc.constantFrom('packets', 'flows', 'hosts', 'map'), { minLength: 1, maxLength: 3 * MAX_CONTEXTS });
    fc.assert(
      fc.property(views, (names) => {
        const history = visited(...names);
        const expected = names.filter((name, i) => name !== names[i - 1]).slice(-MAX_CONTEXTS);
        expect(history.entries.map(({ view }) => view)).toEqual(expected);
        let walked = history;
        for (let i = 0; i < expected.length + 2; i++) walked = stepped(walked, -1, 1000 + i);
        expect(contextAt(walked, 0)?.view).toBe(expected[0]);
        for (let i = 0; i < expected.length + 2; i++) walked = stepped(walked, 1, 2000 + i);
        expect(contextAt(walked, 0)).toEqual(contextAt(history, 0));
        expect(walked.entries).toBe(history.entries);
      }),
      { numRuns: 50 },
    );
  });
});
