export interface NextStep {
  readonly text: string;
  /** A line for a shell, to be copied as it is; null: there is none. */
  readonly command: string | null;
  /** What to do when it was run. */
  readonly afterwards: string;
}

/** A step such as 'Give it the right:\nsudo setcap ...   (afterwards log in again)', with the command apart. `known`: the command in it, where it is known. */
export function splitCommand(next: string, known: string | null = null): NextStep {
  if (known !== null) return { text: next.replace(known, () => '').trim(), command: known, afterwards: '' };
  const [, text = next, command = null, afterwards = ''] =
    /^(.*?:)\s+((?:sudo|ssh-keygen|apt-get|apk|doas|dnf|pacman|zypper|opkg) \S.*?)(?:\s{2,}\((.*)\))?$/s.exec(next) ?? [];
  return { text, command, afterwards };
}
