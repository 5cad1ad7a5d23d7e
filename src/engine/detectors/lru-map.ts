/** A map that never holds more than `capacity` entries: the one that was touched longest ago makes room. */
export class LruMap<K, V> {
  readonly capacity: number;
  /** Entries that made room so far. */
  evicted = 0;
  readonly #map = new Map<K, V>();
  readonly #onEvict: ((key: K, value: V) => void) | null;

  constructor(capacity: number, onEvict: ((key: K, value: V) => void) | null = null) {
    this.capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#map.size;
  }

  /** Does not count as a touch. */
  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  /** The value, now the youngest. */
  touch(key: K): V | undefined {
    const value = this.#map.get(key);
    if (value === undefined) return undefined;
    this.#map.delete(key);
    this.#map.set(key, value);
    return value;
  }

  /** Puts a value in as the youngest. */
  set(key: K, value: V): void {
    this.#map.delete(key);
    if (this.#map.size >= this.capacity) {
      for (const [oldest, old] of this.#map) {
        this.#map.delete(oldest);
        this.evicted++;
        this.#onEvict?.(oldest, old);
        break;
      }
    }
    this.#map.set(key, value);
  }

  delete(key: K): boolean {
    return this.#map.delete(key);
  }

  /** Oldest first. */
  entries(): IterableIterator<[K, V]> {
    return this.#map.entries();
  }
}
