import { type Command, InvalidArgumentError } from 'commander';
import { newStatistics } from '../engine/api/session-statistics';
import { Capture } from '../engine/capture';
import { CHUNK_BITS } from '../engine/columns/column-chunk';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { openCaptureFile, openCaptureStream } from '../engine/sources/open';
import { ReplaySource } from '../engine/sources/replay/replay-source';
import { watchOptions } from '../engine/watch';
import { REPLAY_SPEEDS, type ReplaySpeed } from '../shared/model/replay';
import { AlertPrinter } from './alert-printer';
import { alertRecords } from './alert-records';
import { asText, describe, snapshotOfAll } from './analyze';
import { withGeo } from './geo';
import { complain, Exit, Output } from './output';

/** Chunks of columns that stay: what a message that began earlier may need. */
const KEPT_CHUNKS = 4;

export interface ReplayOptions {
  readonly speed: ReplaySpeed;
  readonly geo: GeoDatabase | null;
  readonly json: boolean;
}

const MAX = 'max';
type Wanted = NonNullable<ReplaySpeed> | typeof MAX;

function speedOf(text: string): Wanted {
  if (text === MAX) return MAX;
  const speed = REPLAY_SPEEDS.find((each) => each === Number(text));
  if (speed === undefined || text.trim() === '') throw new InvalidArgumentError(`It has to be one of ${REPLAY_SPEEDS.join(', ')} or max.`);
  return speed;
}

export function addReplayCommand(program: Command): void {
  program
    .command('replay <file>')
    .description("a capture at its packets' own pace: alerts as they come, then the summary")
    .option('--speed <n|max>', `times its own pace: ${REPLAY_SPEEDS.join(', ')}, or as fast as it can be read`, speedOf, 1)
    .option('--geo <file>', 'database of places (.mmdb) in place of the one that ships')
    .option('--json', 'JSON Lines: each alert, the summary last', false)
    .action(async (file: string, { speed, geo, json }: { speed: Wanted; geo?: string; json: boolean }) => {
      process.exitCode = await withGeo(geo, (places) => runReplay(file, { speed: speed === MAX ? null : speed, geo: places, json }));
    });
}

/** Plays FILE ('-': standard input) to its end, or until it is stopped (SIGINT, SIGTERM). Gives the exit status. */
async function runReplay(file: string, { speed, geo, json }: ReplayOptions): Promise<number> {
  const opened = file === '-' ? await openCaptureStream(process.stdin, {}) : await openCaptureFile(file, {});
  if (!opened.ok) {
    complain(opened.problem);
    return Exit.Failed;
  }
  const source = new ReplaySource(opened.value, speed);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const output = new Output();
    const capture = new Capture(source, watchOptions());
    const alerts = new AlertPrinter(capture, output, json);
    const statistics = newStatistics();
    const { packets } = capture.tables;
    while (!stopped && !output.closed) {
      const batch = await capture.next();
      if (batch === null) break;
      statistics.addRows(packets, packets.count - batch.count, packets.count);
      alerts.print();
      packets.release((packets.count >> CHUNK_BITS) - KEPT_CHUNKS);
    }
    // Rules that wait for the end have it now, wherever that is.
    if (!capture.ended) capture.detection?.finish();
    alerts.print();
    for (const warning of source.warnings) complain(warning);
    const analysis = describe(file, capture, await snapshotOfAll(capture.tables, statistics), alertRecords(capture), geo);
    if (json) output.line(JSON.stringify(analysis));
    else for (const line of asText(analysis)) output.line(line);
    output.flush();
    return packets.count === 0 && source.warnings.length > 0 ? Exit.Failed : Exit.Done;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await source.close();
  }
}
