import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { load, save } from './storage';

/** How a person arranged the columns of one list. */
export interface ColumnArrangement<Id extends string> {
  /** All columns in their order, hidden ones too. */
  readonly order: readonly Id[];
  readonly hidden: readonly Id[];
  /** px; those not set have their default. */
  readonly widths: Readonly<Partial<Record<Id, number>>>;
}

export interface ColumnStore<Id extends string, More extends object> {
  readonly use: UseBoundStore<StoreApi<ColumnArrangement<Id> & More>>;
  isId(value: unknown): value is Id;
  /** Changes and remembers. */
  keep(change: Partial<ColumnArrangement<Id> & More>): void;
  setWidth(id: string, width: number): void;
  /** Puts the visible columns into this order; the others follow the column that they followed. */
  setOrder(visible: readonly string[]): void;
  /** At least one column stays. */
  setHidden(id: Id, isHidden: boolean): void;
  /** Columns as they were at first. */
  reset(): void;
}

interface ColumnDefaults<Id extends string, More extends object> {
  /** Under which they are remembered. */
  readonly key: string;
  readonly ids: readonly Id[];
  readonly hidden?: readonly Id[];
  /** What is remembered beside the columns, and how to tell that a stored one is right. */
  readonly more: More;
  isMore(stored: Readonly<Partial<Record<string, unknown>>>): boolean;
}

/** Columns of one list, remembered between starts. */
export function makeColumnStore<Id extends string, More extends object>(defaults: ColumnDefaults<Id, More>): ColumnStore<Id, More> {
  type Settings = ColumnArrangement<Id> & More;
  const { key, ids, hidden = [], more } = defaults;
  const fresh: ColumnArrangement<Id> = { order: ids, hidden, widths: {} as Partial<Record<Id, number>> };
  const isId = (value: unknown): value is Id => ids.some((id) => id === value);
  const isSettings = (value: unknown): value is Settings => {
    if (typeof value !== 'object' || value === null) return false;
    const stored: Readonly<Partial<Record<string, unknown>>> = { ...value };
    return isArrangement(stored, ids, isId) && defaults.isMore(stored);
  };
  const use = create<Settings>(() => load(key, isSettings, { ...fresh, ...more }));
  const keep = (change: Partial<Settings>): void => {
    use.setState(change);
    save(key, use.getState());
  };
  const arrange = (change: Partial<ColumnArrangement<Id>>): void => keep(change as Partial<Settings>);

  return {
    use,
    isId,
    keep,
    setWidth: (id, width) => arrange({ widths: { ...use.getState().widths, [id]: Math.round(width) } }),
    setOrder(visible) {
      arrange({ order: completed(visible.filter(isId), use.getState().order) });
    },
    setHidden(id, isHidden) {
      const others = use.getState().hidden.filter((other) => other !== id);
      const next = isHidden ? [...others, id] : others;
      if (next.length < ids.length) arrange({ hidden: next });
    },
    reset: () => arrange(fresh),
  };
}

/** `order` with those of `all` that it has not, each behind the one that it followed there. */
export function completed<Id>(order: readonly Id[], all: readonly Id[]): Id[] {
  const whole = [...order];
  for (const [at, id] of all.entries()) {
    if (whole.includes(id)) continue;
    const before = all[at - 1];
    whole.splice(before === undefined ? 0 : whole.indexOf(before) + 1, 0, id);
  }
  return whole;
}

function isArrangement<Id extends string>(
  { order, hidden, widths }: Readonly<Partial<Record<string, unknown>>>,
  ids: readonly Id[],
  isId: (value: unknown) => value is Id,
): boolean {
  return (
    Array.isArray(order) &&
    order.every(isId) &&
    order.length === ids.length &&
    new Set(order).size === ids.length &&
    Array.isArray(hidden) &&
    hidden.every(isId) &&
    hidden.length < ids.length &&
    typeof widths === 'object' &&
    widths !== null &&
    Object.entries(widths).every(([id, width]) => isId(id) && typeof width === 'number' && Number.isFinite(width))
  );
}
