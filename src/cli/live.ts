import { newStatistics } from '../engine/api/session-statistics';
import { Capture, type Watch } from '../engine/capture';
import { CHUNK_BITS } from '../engine/columns/column-chunk';
import { epochText } from '../engine/columns/packet-table';
import { MAX_BATCH } from '../engine/columns/transport-batch';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { droppedPackets, MissingPackets } from '../engine/live/missing-packets';
import type { ProcessTable } from '../engine/processes/process-table';
import { PcapngFile } from '../engine/sinks/pcapng-file';
import { DEMO_NAME } from '../engine/sources/demo/demo-capture';
import { CaptureGroup, openLiveSource, type PartState } from '../engine/sources/live/capture-group';
import type { LiveCapture, LiveCounts } from '../engine/sources/live/live-capture';
import type { TrafficStatistics } from '../engine/stats/traffic-statistics';
import { watchOptions } from '../engine/watch';
import type { Problem } from '../shared/base/result';
import { AlertPrinter } from './alert-printer';
import { alertRecords } from './alert-records';
import { asText, describe, snapshotOfAll } from './analyze';
import { listenerRecord, listenerText } from './listeners';
import { cell, complain, Exit, Output } from './output';

export interface LiveOptions {
  /** Seconds; null: until it is stopped. */
  readonly duration: number | null;
  /** Stops after so many; null: never. */
  readonly packets: number | null;
  /** A pcapng file that gets every packet. */
  readonly write: string | null;
  /** Said in that file. */
  readonly captureFilter: string | null;
  readonly geo: GeoDatabase | null;
  readonly json: boolean;
  /** Takes looks at the host that is captured on; null: nobody looks. */
  readonly programs?: ProcessTable | null;
  /** What the rules go by in place of the defaults. */
  readonly watch?: Watch;
}

/** Chunks of columns that stay: what a message that began earlier may need. */
const KEPT_CHUNKS = 4;
const APPLICATION = 'Portlight';

/**
 * Reads a live capture until it ends, is stopped (SIGINT, SIGTERM), or has what was asked for: alerts as they come, then the summary. Gives
 * the exit status; nothing of the capture runs afterwards.
 */
export async function runLive(live: LiveCapture | CaptureGroup, options: LiveOptions): Promise<number> {
  const stop = (): void => {
    void live.stop();
  };
  const name = cell(live.name);
  process.stderr.write(`portlight: ${live.name === DEMO_NAME ? name : `Capturing ${name}`}. Ctrl C ends it.\n`);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const timer = options.duration === null ? undefined : setTimeout(stop, options.duration * 1000);
  try {
    return await new LiveRun(live, options).run();
  } finally {
    clearTimeout(timer);
    await live.stop();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

class LiveRun {
  readonly #live: LiveCapture | CaptureGroup;
  readonly #options: LiveOptions;
  readonly #output = new Output();
  #warnings = 0;

  constructor(live: LiveCapture | CaptureGroup, options: LiveOptions) {
    this.#live = live;
    this.#options = options;
  }

  async run(): Promise<number> {
    const opened = await openLiveSource(this.#live);
    if (!opened.ok) {
      const { problem } = await this.#live.stop();
      // Without a capture there is no header either: why there is none says more.
      complain(problem ?? opened.problem);
      return Exit.Failed;
    }
    const capture = new Capture(opened.value, this.#options.watch ?? watchOptions());
    capture.missing = new MissingPackets(this.#live);
    try {
      return await this.#readAndSum(capture);
    } finally {
      await capture.source.close();
    }
  }

  async #readAndSum(capture: Capture): Promise<number> {
    const { write, captureFilter } = this.#options;
    const created =
      write === null ? null : await PcapngFile.create(write, { application: APPLICATION, interfaceName: this.#live.name, captureFilter });
    if (created?.ok === false) {
      complain(created.problem);
      return Exit.Failed;
    }
    const file = created?.value ?? null;
    const statistics = newStatistics();
    const alerts = new AlertPrinter(capture, this.#output, this.#options.json);
    let failure = await this.#read(capture, statistics, alerts, file);
    // Nothing is read any more: what the helper still has must not wait for us.
    await capture.source.close();
    const end = await this.#live.stop();
    const closed = (await file?.close(this.#live instanceof CaptureGroup ? this.#live.interfaceCounts() : [end.counts])) ?? null;
    failure ??= closed?.ok === false ? closed.problem : end.problem;
    alerts.print();
    this.#complainNew();
    for (const warning of capture.source.warnings) complain(warning);
    if (failure !== null) complain(failure);
    await this.#printSummary(capture, statistics, end.counts);
    this.#output.flush();
    return failure === null ? Exit.Done : Exit.Failed;
  }

  /** To the end, or so many packets; the problem where the file cannot be written any more. */
  async #read(capture: Capture, statistics: TrafficStatistics, alerts: AlertPrinter, file: PcapngFile | null): Promise<Problem | null> {
    const { packets } = capture.tables;
    const wanted = this.#options.packets ?? Number.POSITIVE_INFINITY;
    while (packets.count < wanted && !this.#output.closed) {
      const batch = await capture.next(Math.min(MAX_BATCH, wanted - packets.count));
      if (batch === null) return null;
      statistics.addRows(packets, packets.count - batch.count, packets.count);
      const written = await file?.write(batch, capture.source.interfaces);
      if (written?.ok === false) return written.problem;
      alerts.print();
      this.#complainNew();
      packets.release((packets.count >> CHUNK_BITS) - KEPT_CHUNKS);
    }
    capture.detection?.finish();
    return null;
  }

  #complainNew(): void {
    const { warnings } = this.#live;
    for (; this.#warnings < warnings.length; this.#warnings++) {
      const warning = warnings[this.#warnings];
      if (warning !== undefined) complain(warning);
    }
  }

  async #printSummary(capture: Capture, statistics: TrafficStatistics, counts: LiveCounts): Promise<void> {
    const analysis = describe(
      this.#live.name,
      capture,
      await snapshotOfAll(capture.tables, statistics),
      alertRecords(capture),
      this.#options.geo,
    );
    const dropped = droppedPackets(counts);
    const gaps = this.#live.gaps.map(({ from, to, reason }) => ({
      from: epochSeconds(from),
      to: to === null ? null : epochSeconds(to),
      reason,
    }));
    const { programs } = this.#options;
    const sources = this.#live instanceof CaptureGroup ? this.#live.parts.map(sourceRecord) : [];
    const listeners = (programs?.listeners().listeners ?? []).filter(({ open }) => open).map(listenerRecord);
    if (this.#options.json) {
      const known = programs?.state ? { listeners } : {};
      this.#output.line(
        JSON.stringify({ ...analysis, received: counts.received, dropped, gaps, ...(sources.length > 0 && { sources }), ...known }),
      );
      return;
    }
    for (const line of asText(analysis)) this.#output.line(line);
    for (const part of sources) this.#output.line(`  ${cell(part.name)}: ${shown(part.received)} received, ${shown(part.dropped)} dropped`);
    this.#output.line(
      `${shown(counts.received)} received, ${shown(dropped)} dropped, ${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`,
    );
    for (const { from, to, reason } of gaps) this.#output.line(`  from ${from} to ${to ?? 'the end'}: ${cell(reason)}`);
    if (listeners.length > 0) this.#output.line('Listening on that host:');
    for (const each of listeners) this.#output.line(`  ${listenerText(each)}`);
  }
}

/** One of several sources, as the summary tells of it. */
const sourceRecord = ({ name, counts, problem }: PartState) => ({
  name,
  received: counts.received,
  dropped: droppedPackets(counts),
  problem: problem?.sentence ?? null,
});

const shown = (count: number | null): string => (count === null ? 'unknown' : count.toLocaleString('en'));

/** Epoch milliseconds as epoch seconds with 9 decimals. */
function epochSeconds(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  return epochText(second, Math.round((milliseconds - second * 1000) * 1e6));
}
