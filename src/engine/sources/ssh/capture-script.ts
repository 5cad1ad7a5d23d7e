import type { CapturePlan, RemoteRights } from './plan';
import { PREAMBLE } from './plan-script';
import { shellQuote } from './shell-quote';

export interface CaptureSettings {
  /** Bytes kept of each packet; 0: all. */
  readonly snapLength: number;
  readonly promiscuous: boolean;
}

/** The ring in the server's kernel, in KiB: 16 MiB hold what comes while the network stalls for a moment. */
const RING_KIB = 16_384;
/** Without a beat for so many naps of five seconds the capture is taken for abandoned. */
const NAPS = 6;

/** What the script reads: `beat` says that somebody is still there, `counts` asks for the counts so far, `stop` ends it. */
export const BEAT = 'beat\n';
export const ASK_COUNTS = 'counts\n';
export const STOP = 'stop\n';

/** The words of the command, `tcpdump` first; the filter is one word. */
export function tcpdumpWords(plan: CapturePlan, settings: CaptureSettings, filter: string): string[] {
  const { tcpdump, user, root } = plan.survey;
  const has = (option: string): boolean => tcpdump?.options.has(option) ?? false;
  const words = [tcpdump?.path ?? 'tcpdump', '-i', plan.interface, '-w', '-', '-n', '-s', String(settings.snapLength)];
  if (has('U')) words.push('-U');
  if (has('B')) words.push('-B', String(RING_KIB));
  if (!settings.promiscuous) words.push('-p');
  // After opening, tcpdump becomes this user, who may then end it; what runs as root nobody but root could.
  if (has('Z') && !root && plan.rights !== 'direct') words.push('-Z', user);
  return [...words, '--', filter];
}

function launch(words: readonly string[], rights: RemoteRights): string {
  const command = words.map(shellQuote).join(' ');
  switch (rights) {
    case 'direct':
      return `${command} </dev/null 3<&- &`;
    case 'sudo':
      return `sudo -n ${command} </dev/null 3<&- &`;
    // A builtin writes it, so it is in nobody's list of arguments.
    case 'sudo-password':
      return `printf '%s\\n' "$secret" | sudo -S -p '' ${command} 3<&- &`;
  }
}

/**
 * Runs tcpdump so that nothing of it stays behind: it ends when standard input ends (our process or the connection is gone), when no beat
 * came for half a minute (the network is gone and the server does not know), and when told. Standard output is a line with `mark`, then
 * tcpdump's; on standard error lines that begin with `mark` are the script's: `watching`, `pid N BORN`,
 * `cpu TICKS TICKS` (tcpdump's and its sshd's), `exit STATUS`.
 */
export function captureScript(mark: string, words: readonly string[], rights: RemoteRights): string {
  const name = words[0]?.replace(/^.*\//, '') ?? '';
  return `${PREAMBLE}
exec 3<&0 </dev/null
${rights === 'sudo-password' ? 'IFS= read -r secret <&3' : ''}
printf '%s\\n' ${mark}
${launch(words, rights)}
pid=$!
secret=
target=${rights === 'direct' ? '$pid' : ''}
said=
alive() { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]; }
born() { { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0; rest=\${line##*) }; set -- $rest; shift 19; printf '%s' "$1"; }
ticks() { { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || { echo; return 0; }; rest=\${line##*) }; set -- $rest; shift 11; echo "$(($1 + $2))"; }
locate() {
  if [ -z "$target" ]; then
    family=" $pid "
    for pass in 1 2 3; do
      for stat in /proc/[0-9]*/stat; do
        { IFS= read -r line <"$stat"; } 2>/dev/null || continue
        rest=\${line##*) }; set -- $rest; parent=$2
        one=\${stat#/proc/}; one=\${one%/stat}
        case $family in
          *" $one "*) ;;
          *" $parent "*) family="$family$one "; case $line in *${shellQuote(`(${name.slice(0, 15)})`)}*) target=$one ;; esac ;;
        esac
      done
    done
  fi
  if [ -n "$target" ] && [ -z "$said" ]; then said=1; printf '%s pid %s %s\\n' ${mark} "$target" "$(born "$target")" >&2; fi
}
hit() { kill "-$1" "$target" 2>/dev/null || kill "-$1" "$pid" 2>/dev/null || sudo -n kill "-$1" "$target" 2>/dev/null; }
finish() {
  locate
  hit INT
  for second in 1 2 3; do alive "$pid" || return 0; sleep 1 2>/dev/null; done
  hit TERM
  for second in 1 2; do alive "$pid" || return 0; sleep 1 2>/dev/null; done
  hit KILL
}
(
  trap '' PIPE
  naps=0
  trap 'naps=0' USR1
  trap 'kill $nap 2>/dev/null; exit 0' TERM
  nap=
  printf '%s watching\\n' ${mark} >&2
  exec >/dev/null 3<&-
  while [ $naps -lt ${NAPS} ]; do
    sleep 5 2>/dev/null &
    nap=$!
    while kill -0 $nap 2>/dev/null; do wait $nap; done
    naps=$((naps + 1))
  done
  finish
) &
dog=$!
(
  # Where nobody hears what it says, it must still end the capture.
  trap '' PIPE
  exec >/dev/null
  locate
  while IFS= read -r line <&3; do
    case $line in
      beat) kill -USR1 $dog 2>/dev/null ;;
      counts)
        locate
        [ -n "$target" ] && kill -USR1 "$target" 2>/dev/null
        printf '%s cpu %s %s\\n' ${mark} "$(ticks "$target")" "$(ticks "$PPID")" >&2
        ;;
      *) break ;;
    esac
  done
  finish
) &
reader=$!
wait $pid
status=$?
kill $dog $reader 2>/dev/null
wait $dog 2>/dev/null
printf '%s exit %s\\n' ${mark} "$status" >&2
`;
}

/** A process of the server; the second number tells it from a later one with the same first (proc(5), stat, field 22). */
export interface RemoteProcess {
  readonly pid: number;
  readonly born: string;
}

/** Ends what is left of a capture and says `gone` or `left`. */
export const cleanupScript = ({ pid, born }: RemoteProcess): string => `${PREAMBLE}
p=${pid}
same() { { IFS= read -r line <"/proc/$p/stat"; } 2>/dev/null || return 1; rest=\${line##*) }; set -- $rest; [ "$1" != Z ] || return 1; shift 19; [ "$1" = ${shellQuote(born)} ]; }
for signal in INT TERM KILL; do
  for second in 1 2; do
    same || { echo gone; exit 0; }
    kill -$signal $p 2>/dev/null || sudo -n kill -$signal $p 2>/dev/null
    sleep 1
  done
done
same && echo left || echo gone
`;
