import { type Command, InvalidArgumentError } from 'commander';
import { withGeo } from './geo';
import { type LiveOptions, runLive } from './live';
import { runDemo } from './live-demo';
import { openAll, sourcesOf } from './live-sources';
import { complain, Exit } from './output';

/** A timer cannot wait longer. */
const MAX_SECONDS = 2_147_483;
const MAX_SNAP_LENGTH = 262_144;

const between =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high))
      throw new InvalidArgumentError(`It has to be a number from ${low} to ${high}.`);
    return value;
  };
const whole =
  (low: number, high: number) =>
  (text: string): number => {
    const value = between(low, high)(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('It has to be a whole number.');
    return value;
  };

/** An option that may be repeated. */
const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const WRONG_USAGE: ReadonlySet<string> = new Set(['bad-filter', 'bad-ssh-target', 'too-many-sources']);

interface LiveCommandOptions {
  readonly interface: readonly string[];
  readonly demo: boolean;
  readonly ssh: readonly string[];
  readonly read: readonly string[];
  readonly remoteInterface?: string;
  readonly identity?: string;
  readonly captureFilter: string;
  readonly snapLength: number;
  readonly promiscuous: boolean;
  readonly duration?: number;
  readonly packets?: number;
  readonly write?: string;
  readonly geo?: string;
  readonly json: boolean;
}

export function addLiveCommand(program: Command): void {
  program
    .command('live')
    .description('captures: alerts as they come, then the summary')
    .option('--interface <name>', 'an interface of this machine; "portlight interfaces" lists them; may be repeated', gather, [])
    .option(
      '--ssh <user@host:port>',
      'an interface of this server, through tcpdump there; hosts of ~/.ssh/config too; may be repeated',
      gather,
      [],
    )
    .option('--read <file>', 'a pipe that another program writes its capture to, "-": standard input; may be repeated', gather, [])
    .option('--remote-interface <name>', 'which one there; else the one that the connection comes in by')
    .option('--identity <file>', 'a key file for the server, tried first')
    .option('--demo', 'generated traffic with attacks in it; nothing is captured', false)
    .option('--capture-filter <bpf>', "only packets that this filter takes, in tcpdump's language", '')
    .option('--snap-length <bytes>', 'keep so much of each packet', whole(1, MAX_SNAP_LENGTH), MAX_SNAP_LENGTH)
    .option('--no-promiscuous', 'only frames that are for this machine')
    .option('--duration <seconds>', 'stop after so long', between(0.001, MAX_SECONDS))
    .option('--packets <n>', 'stop after so many packets', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--write <file>', 'keep the packets in this pcapng file')
    .option('--geo <file>', 'database of places (.mmdb) in place of the one that ships')
    .option('--json', 'JSON Lines: each alert, the summary last', false)
    .action(async (options: LiveCommandOptions) => {
      process.exitCode = await withGeo(options.geo, (geo) =>
        capture(options, {
          duration: options.duration ?? null,
          packets: options.packets ?? null,
          write: options.write ?? null,
          captureFilter: options.captureFilter === '' ? null : options.captureFilter,
          geo,
          json: options.json,
        }),
      );
    });
}

async function capture({ ssh, demo, interface: interfaces, read, ...options }: LiveCommandOptions, run: LiveOptions): Promise<number> {
  if (demo) return await runDemo(ssh.length + interfaces.length + read.length > 0 || options.captureFilter !== '', run);
  const { programs, openers } = sourcesOf({ ...options, ssh, interface: interfaces, read });
  if (openers.length === 0) {
    complain({
      code: 'no-source',
      sentence: 'What is to be captured?',
      next: 'Name an interface: portlight live --interface NAME, or a server: portlight live --ssh USER@HOST, or look at a demo: portlight live --demo',
    });
    return Exit.Usage;
  }
  const opened = await openAll(openers);
  if (opened.ok) return runLive(opened.value, { ...run, programs });
  complain(opened.problem);
  return WRONG_USAGE.has(opened.problem.code) ? Exit.Usage : Exit.Failed;
}
