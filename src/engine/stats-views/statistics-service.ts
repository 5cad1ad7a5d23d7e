import { epochOf } from '../../shared/base/format-time';
import { ProblemError } from '../../shared/base/result';
import type {
  ConversationKind,
  PacketSums,
  StatisticsCalls,
  StatisticsTable,
  StatisticsWindow,
} from '../../shared/contract/statistics-views';
import type { Session } from '../session';
import { KeptAnswer } from '../view/kept-answer';
import { KeptAnswers } from '../view/kept-answers';
import type { PacketView } from '../view/packet-view';
import { type SortKey, sortByKey } from '../view/sort-by-key';
import { ConversationRows } from './conversation-rows';
import { type Conversations, countConversations } from './count-conversations';
import { countEthernet } from './count-ethernet';
import { countPackets } from './count-packets';
import { collectRoundTrips, countEndpoints, type Endpoints } from './endpoints';
import { exportText } from './export-text';
import { endpointKey, endpointRow, type TcpHosts, tcpHostKey, tcpHostRow } from './host-rows';

/** An export of more would not fit into one message; about 30 MB. */
const MAX_EXPORTED = 100_000;

type Args<K extends keyof StatisticsCalls> = StatisticsCalls[K]['args'];
type Answer<K extends keyof StatisticsCalls> = Promise<StatisticsCalls[K]['result']>;

export interface StatisticsParts {
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

/** A list that is counted, before it is put into an order. `mark` tells counts apart. */
interface Listed<Row> {
  readonly mark: string;
  readonly count: number;
  readonly omitted: number;
  row(slot: number): Row;
  key(sort: string): (slot: number) => SortKey;
}

interface Counted<T> {
  readonly mark: string;
  readonly value: T;
}

/** Tables over the shown packets: each is counted once for a filter and a number of packets, ordered once a question. */
export class StatisticsService {
  readonly #parts: StatisticsParts;
  readonly #packets = new KeptAnswers<PacketSums>();
  readonly #conversations = new KeptAnswer<Counted<Conversations>>();
  readonly #endpoints = new KeptAnswer<Counted<Endpoints>>();
  readonly #hosts = new KeptAnswer<Counted<TcpHosts>>();
  readonly #order = new KeptAnswer<Uint32Array>();
  #counts = 0;

  constructor(parts: StatisticsParts) {
    this.#parts = parts;
  }

  /** The session is closed. */
  close(): void {
    for (const kept of [this.#packets, this.#conversations, this.#endpoints, this.#hosts, this.#order]) kept.clear();
  }

  packets(): Promise<PacketSums> {
    const { session, view, key, grows } = this.#present();
    return this.#packets.of(view).get(key, grows, (signal) => countPackets(session.capture.tables, view, signal));
  }

  async conversations({ kind, ...window }: Args<'statistics.conversations'>): Answer<'statistics.conversations'> {
    return this.#window(await this.#listConversations(kind), window);
  }

  async endpoints({ kind, ...window }: Args<'statistics.endpoints'>): Answer<'statistics.endpoints'> {
    return this.#window(await this.#listEndpoints(kind), window);
  }

  async tcpHosts(window: Args<'statistics.tcpHosts'>): Answer<'statistics.tcpHosts'> {
    return this.#window(await this.#listTcpHosts(), window);
  }

  async export({ format, of }: Args<'statistics.export'>): Answer<'statistics.export'> {
    const { rows, total } = await this.#exported(of);
    const { startSecond } = this.#present().session.capture.tables.packets;
    const text = exportText(
      rows.map((row) => withEpochs(row, startSecond)),
      format,
    );
    return { text, count: rows.length, omitted: total - rows.length };
  }

  async #exported(of: StatisticsTable): Promise<{ readonly rows: readonly object[]; readonly total: number }> {
    if (of.table === 'hierarchy' || of.table === 'lengths') {
      const rows = (await this.packets())[of.table];
      return { rows, total: rows.length };
    }
    const window = { from: 0, count: MAX_EXPORTED, descending: of.descending };
    if (of.table === 'tcpHosts') return this.tcpHosts({ ...window, sort: of.sort });
    if (of.table === 'endpoints') return this.endpoints({ ...window, kind: of.kind, sort: of.sort });
    return this.conversations({ ...window, kind: of.kind, sort: of.sort });
  }

  async #window<Row>(
    list: Listed<Row>,
    { from, count, sort, descending }: { from: number; count: number; sort: string; descending: boolean },
  ): Promise<StatisticsWindow<Row>> {
    const slots = await this.#order.get(`${list.mark} ${sort} ${descending}`, false, (signal) =>
      sortByKey(list.count, list.key(sort), descending, signal),
    );
    const rows = Array.from(slots.subarray(from, from + count), (slot) => list.row(slot));
    return { from, rows, total: slots.length, omitted: list.omitted };
  }

  async #listConversations(kind: ConversationKind) {
    const { session } = this.#present();
    const { mark, value } = await this.#countConversations(kind);
    const { applications } = session.capture.pipeline;
    const list = new ConversationRows(session.capture.tables, (service) => applications.protocolName(service), value.table, kind);
    return listed(
      `conversations ${mark}`,
      value.table.count,
      value.omitted,
      (slot) => list.row(slot),
      (sort: Args<'statistics.conversations'>['sort']) => list.key(sort),
    );
  }

  async #listEndpoints(kind: ConversationKind) {
    const { addresses } = this.#present().session.capture.tables;
    const { mark, value } = await this.#countConversations(kind);
    const byPort = kind === 'tcp' || kind === 'udp';
    const counted = await this.#endpoints.get(mark, false, async (signal) => ({
      mark: `endpoints ${mark}`,
      value: await countEndpoints(value.table, byPort, signal),
    }));
    return listed(
      counted.mark,
      counted.value.table.count,
      value.omitted,
      (slot) => endpointRow(addresses, counted.value, byPort, slot),
      (sort: Args<'statistics.endpoints'>['sort']) => endpointKey(addresses, counted.value, sort),
    );
  }

  async #listTcpHosts() {
    const { addresses, flows } = this.#present().session.capture.tables;
    const { mark, value } = await this.#countConversations('tcp');
    const counted = await this.#hosts.get(mark, false, async (signal) => {
      const hosts = await countEndpoints(value.table, false, signal);
      return { mark: `hosts ${mark}`, value: { hosts, trips: await collectRoundTrips(flows, value.table, hosts.table, signal) } };
    });
    return listed(
      counted.mark,
      counted.value.hosts.table.count,
      value.omitted,
      (slot) => tcpHostRow(addresses, counted.value, slot),
      (sort: Args<'statistics.tcpHosts'>['sort']) => tcpHostKey(addresses, counted.value, sort),
    );
  }

  #countConversations(kind: ConversationKind): Promise<Counted<Conversations>> {
    const { session, view, key, grows } = this.#present();
    return this.#conversations.get(`${kind} ${key}`, grows, async (signal) => ({
      mark: `${++this.#counts}`,
      value: await (kind === 'ethernet'
        ? countEthernet(session.capture, view, signal)
        : countConversations(session.capture.tables, view, kind, signal)),
    }));
  }

  /** The session, what is shown of it, and a key that changes with everything that is counted. */
  #present(): { readonly session: Session; readonly view: PacketView; readonly key: string; readonly grows: boolean } {
    const session = this.#parts.session();
    const view = this.#parts.view();
    if (!session || !view) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    const grows = session.load === 'loading' || view.scanning;
    const ids = `${session.info.id} ${view.key}`;
    return { session, view, grows, key: grows ? ids : `${ids} ${view.count} ${session.capture.tables.packets.count}` };
  }
}

function listed<Row, Sort extends string>(
  mark: string,
  count: number,
  omitted: number,
  row: (slot: number) => Row,
  key: (sort: Sort) => (slot: number) => SortKey,
): Listed<Row> {
  // The schema of each call lets only its own orders in.
  return { mark, count, omitted, row, key: (sort) => key(sort as Sort) };
}

/** Times of the row as epoch seconds with nine decimals. */
function withEpochs(row: object, startSecond: number): object {
  const times = Object.entries(row).flatMap(([name, value]) =>
    (name === 'firstTime' || name === 'lastTime') && typeof value === 'number' ? [[name, epochOf(startSecond, value)]] : [],
  );
  return { ...row, ...Object.fromEntries(times) };
}
