import { assert } from '../../shared/base/assert';
import { fail, ok, ProblemError, type Result } from '../../shared/base/result';
import type { ExportCalls, Exported, ExportRequest, FlowChoice, PacketChoice, TableFormat } from '../../shared/contract/exports';
import type { AlertService } from '../alerts/alert-service';
import { filterTables } from '../api/filter-tables';
import type { Geo } from '../enrich/geo/geo';
import { filterFields } from '../filter/all-fields';
import { compileFilter } from '../filter/display-filter';
import type { HostService } from '../hosts/host-service';
import { collectReport, type ReportData, type ReportParts, type ReportScope } from '../report/report-data';
import { reportPage } from '../report/report-page';
import type { Reports } from '../reports';
import type { Session } from '../session';
import { replaceFile } from '../sinks/replace-file';
import { TextFile } from '../sinks/text-file';
import { orderFlows } from '../view/flow-view';
import { PacketView } from '../view/packet-view';
import { isKnownField } from './packet-columns';
import { type Progress, type RowList, rowsIn, rowsOfFlows, shownRows, theseRows } from './row-list';
import { TableFile } from './table-file';
import { hostTable, portTable, type ViewTable } from './view-tables';
import { writeFrames } from './write-frames';
import { writeFlowTable, writePacketTable } from './write-tables';

/** Rows of a view's table that are asked for at a time. */
const WINDOW = 1000;
/** Between two looks at whether a filter was looked for in every packet. */
const WAIT_MS = 20;

const CLOSED = { code: 'session-closed', sentence: 'The capture was closed before all of it was written; nothing was kept.' };
const NO_SESSION = { code: 'no-session', sentence: 'No capture is open.' };

type Args<K extends keyof ExportCalls> = ExportCalls[K]['args'];

export interface ExportParts {
  readonly alerts: AlertService;
  readonly geo: Geo;
  readonly hosts: HostService;
  readonly reports: Reports;
  readonly engine: ReportParts['engine'];
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

/** Writes what a person chose of the open session to files, one at a time. */
export class ExportService {
  readonly #parts: ExportParts;
  #progress: Progress | null = null;
  #closed = new AbortController();

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** The session is closed: what is being written of it is given up. */
  close(): void {
    this.#closed.abort();
  }

  progress(): Progress | null {
    return this.#progress && { ...this.#progress };
  }

  unknown({ fields }: Args<'export.unknown'>): { readonly unknown: readonly string[] } {
    return { unknown: fields.filter((field) => !isKnownField(field)) };
  }

  async count(packets: PacketChoice, signal: AbortSignal): Promise<{ readonly count: number }> {
    const session = this.#parts.session();
    const view = this.#parts.view();
    return { count: session && view ? (await this.#rows(session, view, packets, signal)).count : 0 };
  }

  /** Everything that a report says. */
  async report(scope: ReportScope, signal: AbortSignal): Promise<ReportData> {
    const session = this.#parts.session();
    if (!session) throw new ProblemError(NO_SESSION);
    const { overview } = this.#parts.reports;
    const view = (of: ReportScope): PacketView => (of === 'shown' ? this.#parts.view() : null) ?? everything(session);
    return collectReport({ ...this.#parts, overview, view }, session, scope, signal);
  }

  async write({ path, request }: Args<'export.write'>, signal: AbortSignal): Promise<Exported> {
    const session = this.#parts.session();
    const view = this.#parts.view();
    if (!session || !view) throw new ProblemError(NO_SESSION);
    if (this.#progress)
      throw new ProblemError({
        code: 'export-busy',
        sentence: 'Another file is being written.',
        next: 'Wait until it is done, or cancel it.',
      });
    const progress = { done: 0, total: 0 };
    const closed = new AbortController();
    this.#progress = progress;
    this.#closed = closed;
    const stop = AbortSignal.any([signal, closed.signal]);
    try {
      const written = await replaceFile(path, stop, (unfinished) => this.#write(session, view, request, unfinished, progress, stop));
      if (!written.ok) throw new ProblemError(closed.signal.aborted ? CLOSED : written.problem);
      return written.value;
    } finally {
      this.#progress = null;
    }
  }

  async #write(
    session: Session,
    view: PacketView,
    request: ExportRequest,
    path: string,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Result<Exported>> {
    switch (request.table) {
      case 'packets': {
        if (request.format === 'pcapng')
          return writeFrames(session, await this.#rows(session, view, request.packets, signal), path, progress, signal);
        const unknown = request.fields.find((field) => !isKnownField(field));
        if (unknown !== undefined)
          return fail('unknown-field', `There is no field "${unknown}".`, 'Fields are those of display filters, such as ip.ttl.');
        const rows = await this.#rows(session, view, request.packets, signal);
        const { addresses } = session.capture.tables;
        const places = { countryOf: (address: number) => this.#parts.geo.country(addresses, address) };
        return ok(await writePacketTable(session, rows, { ...request, places }, path, progress, signal));
      }
      case 'flows': {
        const flows = await this.#flows(session, view, request.flows, request, signal);
        return ok(await writeFlowTable(session, flows, request.format, path, progress, signal));
      }
      case 'hosts': {
        const { query, sort, descending, format } = request;
        const rows = (from: number, count: number) => this.#parts.hosts.rows({ from, count, query, sort, descending });
        return ok(await writeView(hostTable(session.capture.tables.packets.startSecond, rows), format, path, progress, signal));
      }
      case 'exposure': {
        const { host, scope, sort, descending, format } = request;
        let found = '';
        const rows = async (from: number, count: number) => {
          const window = await this.#parts.reports.exposure.rows({ host, scope, from, count, sort, descending });
          found = window.host ?? '';
          return window;
        };
        const table = portTable(session.capture.tables.packets.startSecond, () => found, rows);
        return ok(await writeView(table, format, path, progress, signal));
      }
      case 'report':
        if (request.scope === 'shown') await searched(session, view, signal);
        return ok(await writeReport(await this.report(request.scope, signal), path));
    }
  }

  async #rows(session: Session, view: PacketView, choice: PacketChoice, signal: AbortSignal): Promise<RowList> {
    const { packets } = session.capture.tables;
    switch (choice.of) {
      case 'all':
        return shownRows(everything(session));
      case 'shown':
        await searched(session, view, signal);
        return shownRows(view);
      case 'rows':
        return rowsIn(view, choice.ranges, signal);
      case 'flows':
        return rowsOfFlows(packets, new Set(choice.flows), signal);
      case 'marked':
        return theseRows(session.annotations.markedRows());
    }
  }

  async #flows(
    session: Session,
    view: PacketView,
    choice: FlowChoice,
    { sort, descending }: Extract<ExportRequest, { table: 'flows' }>,
    signal: AbortSignal,
  ): Promise<Uint32Array> {
    if (choice.of === 'shown') await searched(session, view, signal);
    const { tables, pipeline } = session.capture;
    const serviceName = (service: number): string => pipeline.applications.protocolName(service);
    const of = choice.of === 'shown' ? view : everything(session);
    const { flows } = await orderFlows(tables, serviceName, of, sort, descending, '', signal);
    if (choice.of !== 'flows') return flows;
    const chosen = new Set(choice.flows);
    return flows.filter((flow) => chosen.has(flow));
  }
}

/** Every packet of the session. */
function everything({ capture }: Session): PacketView {
  const tables = filterTables(capture.tables, (service) => capture.pipeline.applications.protocolName(service));
  const compiled = compileFilter('', filterFields, tables);
  assert(compiled.ok, 'the empty filter is right');
  return new PacketView(0, compiled.value, null, capture.tables.packets, async () => []);
}

/** Waits until the filter was looked for in all packets of a session that does not grow. */
async function searched(session: Session, view: PacketView, signal: AbortSignal): Promise<void> {
  while (view.scanning && session.load !== 'loading' && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}

async function writeReport(data: ReportData, path: string): Promise<Exported> {
  const file = await TextFile.create(path);
  try {
    await file.put(reportPage(data));
  } finally {
    await file.close();
  }
  return { count: data.alerts.length, bytes: file.bytes, missing: 0 };
}

async function writeView<Row>(
  table: ViewTable<Row>,
  format: TableFormat,
  path: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Exported> {
  const written = await TableFile.write(path, table.columns, format, async (file) => {
    for (let from = 0; !signal.aborted; from += WINDOW) {
      const { rows, total } = await table.rows(from, WINDOW);
      for (const row of rows) await file.add(table.values(row));
      progress.total = total;
      progress.done = file.count;
      if (rows.length === 0 || from + WINDOW >= total) break;
    }
  });
  return { ...written, missing: 0 };
}
