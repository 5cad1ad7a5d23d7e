import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Capture, type CaptureOptions } from '../engine/capture';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { contractFields, DEFAULT_FIELDS, isKnownField, needsPlaces } from '../engine/exports/packet-columns';
import { watchOptions } from '../engine/watch';
import { printAlerts } from './alerts';
import { printAnalysis } from './analyze';
import { type Keeper, keeping, withDatabase } from './database';
import { printFlows } from './flows';
import { withGeo } from './geo';
import { addInterfacesCommand } from './interfaces';
import { Listing } from './listing';
import { addLiveCommand } from './live-command';
import { complain, Exit } from './output';
import { printPackets } from './packets';
import { addReplayCommand } from './replay';

const program = new Command('portlight').description('Shows who is at the ports of your server.').exitOverride();

const GEO_HELP = 'database of places (.mmdb) in place of the one that ships; PORTLIGHT_GEO in the environment does the same';

const DATABASE_HELP = 'keep what is found in this history too; it is made where there is none';

const list = (text: string): string[] => text.split(',').filter((name) => name !== '');

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It has to be a whole number.');
  return value;
}

/** Opens FILE ('-': standard input), runs the command, and says what the reader noticed. Gives the exit status. */
async function withCapture(file: string, options: CaptureOptions, run: (capture: Capture) => Promise<number>): Promise<number> {
  const opened = file === '-' ? await Capture.openStream(process.stdin, options) : await Capture.openFile(file, options);
  if (!opened.ok) {
    complain(opened.problem);
    return Exit.Failed;
  }
  const capture = opened.value;
  try {
    const status = await run(capture);
    for (const warning of capture.source.warnings) complain(warning);
    const nothingRead = capture.tables.packets.count === 0 && capture.source.warnings.length > 0;
    return status === Exit.Done && nothingRead ? Exit.Failed : status;
  } finally {
    await capture.source.close();
  }
}

/** Opens FILE, checks the filter before anything is read, and runs the command on what it takes. `keeper` keeps all that is read. */
function withListing(
  file: string,
  filter: string,
  options: CaptureOptions,
  run: (listing: Listing) => Promise<void>,
  keeper: Keeper | null = null,
  geo: GeoDatabase | null = keeper?.geo ?? null,
): Promise<number> {
  return withCapture(file, { ...options, randomAccess: options.randomAccess === true || asksFlows(filter) }, async (capture) => {
    const made = Listing.make(capture, filter, geo);
    if (!made.ok) {
      complain(made.problem);
      return Exit.Usage;
    }
    return keeping(keeper, file, capture, async () => {
      await run(made.value);
      return Exit.Done;
    });
  });
}

/** The filter may have to be tested when all is read. */
const asksFlows = (filter: string): boolean => filter.includes('flow.');

/** The filter may need the database of places. */
const namesPlaces = (filter: string): boolean => filter.includes('country');

/** With the history at `database` and the places that it needs; without a history, with neither. */
const withKeeper = (database: string | undefined, run: (keeper: Keeper | null) => Promise<number>): Promise<number> =>
  withDatabase(database, (store) => (store ? withGeo(undefined, (geo) => run({ store, geo })) : run(null)));

program
  .command('analyze <file>')
  .description('the summary of a capture')
  .option('--filter <expr>', 'only packets that this display filter takes', '')
  .option('--geo <file>', GEO_HELP)
  .option('--database <file>', DATABASE_HELP)
  .option('--json', 'as JSON', false)
  .action(async (file: string, options: { filter: string; geo?: string; database?: string; json: boolean }) => {
    const { filter, database, json } = options;
    process.exitCode = await withDatabase(database, (store) =>
      withGeo(options.geo, (geo) =>
        withListing(
          file,
          filter,
          { watch: watchOptions() },
          (listing) => printAnalysis(file, listing.capture, { listing: filter.trim() === '' ? null : listing, geo, json }),
          store && { store, geo },
          geo,
        ),
      ),
    );
  });

program
  .command('packets <file>')
  .description('one line a packet')
  .option('--filter <expr>', 'only packets that this display filter takes', '')
  .option('--fields <list>', 'comma-separated fields', list, DEFAULT_FIELDS)
  .option('--limit <n>', 'stop after so many packets', count)
  .option('--geo <file>', GEO_HELP)
  .option('--json', 'JSON Lines', false)
  .addHelpText('after', `\nFields: ${contractFields.join(', ')}\nand every field of display filters, such as ip.ttl.\n`)
  .action(async (file: string, options: { filter: string; fields: string[]; limit?: number; geo?: string; json: boolean }) => {
    const { filter, fields, limit = Number.POSITIVE_INFINITY, json } = options;
    const unknown = fields.find((field) => !isKnownField(field));
    if (unknown !== undefined) {
      complain({
        code: 'unknown-field',
        sentence: `There is no field "${unknown}".`,
        next: '"portlight packets --help" lists the names; every field of display filters is one too, such as ip.ttl.',
      });
      process.exitCode = Exit.Usage;
      return;
    }
    const print = (geo: GeoDatabase | null): Promise<number> =>
      withListing(file, filter, { randomAccess: true }, (listing) => printPackets(listing, { fields, limit, geo, json }), null, geo);
    process.exitCode = needsPlaces(fields) || namesPlaces(filter) ? await withGeo(options.geo, print) : await print(null);
  });

program
  .command('flows <file>')
  .description('one line a flow')
  .option('--filter <expr>', 'only flows of packets that this display filter takes', '')
  .option('--database <file>', DATABASE_HELP)
  .option('--json', 'JSON Lines', false)
  .action(async (file: string, { filter, database, json }: { filter: string; database?: string; json: boolean }) => {
    process.exitCode = await withKeeper(database, (keeper) => {
      const print = (geo: GeoDatabase | null): Promise<number> =>
        withListing(
          file,
          filter,
          // Alerts are part of what is kept.
          keeper ? { watch: watchOptions() } : {},
          (listing) => printFlows(listing.capture, filter.trim() === '' ? null : listing, json),
          keeper,
          geo,
        );
      return keeper === null && namesPlaces(filter) ? withGeo(undefined, print) : print(keeper?.geo ?? null);
    });
  });

program
  .command('alerts <file>')
  .description('one line an alert: what the detection rules find')
  .option('--database <file>', DATABASE_HELP)
  .option('--json', 'JSON Lines', false)
  .action(async (file: string, { database, json }: { database?: string; json: boolean }) => {
    process.exitCode = await withKeeper(database, (keeper) =>
      withCapture(file, { watch: watchOptions() }, (capture) =>
        keeping(keeper, file, capture, async () => {
          await printAlerts(capture, json);
          return Exit.Done;
        }),
      ),
    );
  });

addInterfacesCommand(program);
addLiveCommand(program);
addReplayCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? Exit.Done : Exit.Usage;
}
