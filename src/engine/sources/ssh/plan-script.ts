import { randomBytes } from 'node:crypto';
import { shellQuote } from './shell-quote';

/** A word that nothing else prints, so that what a login script says is told from what was asked for. */
export const makeMark = (): string => `portlight-${randomBytes(9).toString('hex')}`;

/** Messages in the language that is parsed, and the folders where an ordinary user's path ends too early. */
export const PREAMBLE = 'LC_ALL=C; export LC_ALL; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH';

/** Sections `mark name`, each followed by what the server says. */
export const surveyScript = (mark: string): string => `${PREAMBLE}
say() { printf '\\n%s %s\\n' ${mark} "$1"; }
say os; uname -s 2>&1; cat /etc/os-release 2>/dev/null | head -n 40
say user; id -u; id -un
say connection; printf '%s\\n' "$SSH_CONNECTION"
t=$(command -v tcpdump)
say tcpdump; printf '%s\\n' "$t"
if [ -n "$t" ]; then
  say version; "$t" --version 2>&1 </dev/null | head -n 4
  say usage; "$t" -h 2>&1 </dev/null | head -n 40
  say capabilities; getcap "$t" 2>/dev/null
  say interfaces; "$t" -D 2>/dev/null </dev/null | head -n 300
fi
say sudo; command -v sudo
say addresses; ip -o addr show 2>/dev/null | head -n 1000
say end
`;

/** Opens the interface as the capture will, and lets tcpdump compile the filter. With `password`, sudo's is the first line of the input. */
export const rightsScript = (mark: string, path: string, device: string, filter: string, password: boolean): string => `${PREAMBLE}
say() { printf '\\n%s %s\\n' ${mark} "$1"; }
t=${shellQuote(path)}
i=${shellQuote(device)}
f=${shellQuote(filter)}
probe() { say "$1"; shift; out=$("$@" -L -i "$i" </dev/null 2>&1); code=$?; printf '%s\\n' "$code"; printf '%s\\n' "$out" | head -n 8; }
run() { "$t" "$@"; }
probe direct run; right=$code
if [ "$right" -ne 0 ] && command -v sudo >/dev/null 2>&1; then
${
  password
    ? `  IFS= read -r secret
  run() { printf '%s\\n' "$secret" | sudo -S -p '' "$t" "$@"; }
  probe sudo-password run; right=$code`
    : `  run() { sudo -n "$t" "$@"; }
  probe sudo run; right=$code`
}
fi
say filter
if [ "$right" -eq 0 ]; then out=$(run -i "$i" -d -- "$f" 2>&1 >/dev/null </dev/null)
else out=$("$t" -y EN10MB -d -- "$f" 2>&1 >/dev/null </dev/null); fi
printf '%s\\n' "$?"; printf '%s\\n' "$out" | head -n 8
say end
`;

/** The sections of such an output, first line first. Bounded: the server may print anything. */
export function readSections(output: string, mark: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const raw of output.split('\n', 20_000)) {
    const line = raw.replace(/\r$/, '').slice(0, 1000);
    if (line.startsWith(`${mark} `)) {
      current = [];
      if (sections.size < 40) sections.set(line.slice(mark.length + 1), current);
    } else current?.push(line);
  }
  // A section is closed by the empty line that the next one begins with.
  for (const lines of sections.values()) while (lines.at(-1) === '') lines.pop();
  return sections;
}
