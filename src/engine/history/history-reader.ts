import { ProblemError, type Result } from '../../shared/base/result';
import type {
  HistoryCalls,
  HistoryCaptures,
  HistoryHost,
  HistoryKind,
  HistorySeries,
  HistorySeriesQuery,
} from '../../shared/contract/history';
import { formatIpv4, formatIpv6 } from '../../shared/model/addresses';
import { wordsOfText } from '../enrich/geo/address-scope';
import type { RememberedTraffic } from '../store/records';
import type { Store } from '../store/store';
import type { KnownCaptures } from './known-captures';

/** In full: what people also write in short is rather a part of a file's name. */
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i;
const MAC = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;

/** Reads back what is remembered of all captures. Everything is null where there is no store. */
export class HistoryReader {
  /** Something is kept. */
  readonly exists: boolean;
  readonly #store: Store | null;
  readonly #known: KnownCaptures | null;

  constructor(store: Store | null, known: KnownCaptures | null) {
    this.exists = store !== null;
    this.#store = store;
    this.#known = known;
  }

  async captures({ search, count }: HistoryCalls['history.captures']['args']): Promise<HistoryCaptures | null> {
    return this.#store && answered(await this.#store.captures(search, count, Date.now()));
  }

  async host(asked: string): Promise<HistoryHost | null> {
    const address = canonical(asked);
    if (address === null) {
      throw new ProblemError({
        code: 'no-address',
        sentence: `"${asked}" is no address.`,
        next: 'Write an IPv4, IPv6 or MAC address in full, such as 203.0.113.9.',
      });
    }
    return this.#store && answered(await this.#store.host(address));
  }

  async series(query: HistorySeriesQuery): Promise<HistorySeries | null> {
    return this.#store && answered(await this.#store.series(query));
  }

  /** Null: nothing is kept, or nothing from before `before` (epoch seconds). */
  async rememberedBefore(before: number): Promise<RememberedTraffic | null> {
    return this.#store && answered(await this.#store.rememberedBefore(before));
  }

  /** For each key whether any capture had traffic of it before that. */
  async seenBefore(kind: HistoryKind, keys: readonly string[], before: number): Promise<readonly boolean[]> {
    return this.#store ? answered(await this.#store.seenBefore(kind, keys, before)) : keys.map(() => false);
  }

  async forget(captureId: number): Promise<null> {
    if (!this.#store) return null;
    answered(await this.#store.forget(captureId));
    await this.#known?.forget(captureId);
    return null;
  }
}

/** As addresses are written everywhere (RFC 5952 for IPv6); null: it is none. */
export function canonical(asked: string): string | null {
  const trimmed = asked.trim();
  if (MAC.test(trimmed)) return trimmed.toLowerCase().replaceAll('-', ':');
  const words = IP.test(trimmed) ? wordsOfText(trimmed) : null;
  if (!words) return null;
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words;
  return words.length === 1 ? formatIpv4(w0) : formatIpv6(w0, w1, w2, w3);
}

function answered<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
