import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Capture } from '../engine/capture';
import type { OpenFileOptions } from '../engine/sources/source';
import { complain, Exit } from './output';
import { DEFAULT_FIELDS, printPackets } from './packets';

const program = new Command('portlight').description('Shows who is at the ports of your server.').exitOverride();

const list = (text: string): string[] => text.split(',').filter((name) => name !== '');

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It has to be a whole number.');
  return value;
}

/** Opens FILE ('-': standard input), runs the command, and says what the reader noticed. Gives the exit status. */
async function withCapture(file: string, options: OpenFileOptions, run: (capture: Capture) => Promise<void>): Promise<number> {
  const opened = file === '-' ? await Capture.openStream(process.stdin, options) : await Capture.openFile(file, options);
  if (!opened.ok) {
    complain(opened.problem);
    return Exit.Failed;
  }
  const capture = opened.value;
  try {
    await run(capture);
    for (const warning of capture.source.warnings) complain(warning);
    return capture.tables.packets.count === 0 && capture.source.warnings.length > 0 ? Exit.Failed : Exit.Done;
  } finally {
    await capture.source.close();
  }
}

program
  .command('packets <file>')
  .description('one line a packet')
  .option('--fields <list>', 'comma-separated fields', list, DEFAULT_FIELDS)
  .option('--limit <n>', 'stop after so many packets', count, Number.POSITIVE_INFINITY)
  .option('--json', 'JSON Lines', false)
  .action(async (file: string, options: { fields: string[]; limit: number; json: boolean }) => {
    process.exitCode = await withCapture(file, {}, (capture) => printPackets(capture, options));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? Exit.Done : Exit.Usage;
}
