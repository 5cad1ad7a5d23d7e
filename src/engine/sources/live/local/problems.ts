import { lstatSync, readFileSync } from 'node:fs';
import type { Problem } from '../../../../shared/base/result';
import type { CaptureTool } from '../../../../shared/model/capture-interfaces';

/** What can go wrong with a capture on this machine. */
export type LocalProblemCode =
  | 'no-such-interface'
  | 'no-rights'
  | 'interface-down'
  | 'interface-gone'
  | 'bad-filter'
  | 'tool-missing'
  | 'tool-failed'
  | 'tool-killed';

/** What the failing program said: at most one line of it is shown. */
const LONGEST_REASON = 300;

export const toolMissing: Problem =
  process.platform === 'win32'
    ? {
        code: 'tool-missing',
        sentence: 'Interfaces of this machine cannot be captured on Windows yet.',
        next: 'Capture with Wireshark and open its file, or capture a server over SSH.',
      }
    : {
        code: 'tool-missing',
        sentence: 'No program that captures packets is here.',
        next: process.platform === 'linux' ? 'Install one: sudo apt-get install tcpdump' : 'Install Wireshark, which brings dumpcap.',
      };

/** The sentence for a code; `reason` is what the program said. */
export function localProblem(code: LocalProblemCode, tool: CaptureTool, name: string, reason: string): Problem {
  const why = oneLine(reason);
  switch (code) {
    case 'no-such-interface':
      return { code, sentence: `There is no interface ${oneLine(name)}.`, next: '"portlight interfaces" lists what is here.' };
    case 'no-rights':
      return { code, sentence: `${nameOf(tool)} may not capture for you.`, next: rightsStep(tool) };
    case 'interface-down':
      return { code, sentence: `The interface ${oneLine(name)} is down.`, next: `Switch it on: sudo ip link set ${quoted(name)} up` };
    case 'interface-gone':
      return {
        code,
        sentence: `The interface ${oneLine(name)} went away while it was captured.`,
        next: 'The packets before are kept. Capture again when it is back.',
      };
    case 'bad-filter':
      return {
        code,
        sentence: `The capture filter is wrong: ${why}.`,
        next: 'Capture filters are in the language of tcpdump, such as "port 22 and host 192.0.2.1".',
      };
    case 'tool-missing':
      return toolMissing;
    case 'tool-killed':
      return { code, sentence: `${nameOf(tool)} ended unexpectedly: ${why}.`, next: 'The packets before are kept. Capture again.' };
    case 'tool-failed':
      return { code, sentence: `${nameOf(tool)} could not capture ${oneLine(name)}: ${why}.`, next: 'Try another interface.' };
  }
}

/** In a sandbox that forbids new rights, as AppImage and Flatpak make it, those of a file are not given. */
function rightsStep(tool: CaptureTool): string {
  return forbidsNewRights()
    ? 'It was started where programs get no rights of their own (no_new_privs, as in an AppImage or a container). Start Portlight outside of that.'
    : `Give it the right:\n${grantCommand(tool)}`;
}

function forbidsNewRights(): boolean {
  try {
    return /^NoNewPrivs:\s*1$/m.test(readFileSync('/proc/self/status', 'utf8'));
  } catch {
    return false;
  }
}

/** 'The capture helper', 'dumpcap'. */
export const nameOf = (tool: CaptureTool): string => (tool.kind === 'helper' ? 'The capture helper' : tool.kind);

/**
 * One line for a shell that lets this user, and nobody else who is not in the group, capture with this program. The right belongs to the
 * file: the application never has it.
 */
export function grantCommand(tool: CaptureTool): string {
  const path = quoted(tool.path);
  if (process.platform !== 'linux') return 'sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*';
  if (tool.kind === 'helper') return `sudo chown "root:$(id -gn)" ${path} && sudo chmod 750 ${path} && sudo setcap cap_net_raw=ep ${path}`;
  const group = tool.kind === 'dumpcap' ? 'wireshark' : 'pcap';
  const join = `sudo usermod -aG ${group} "$USER"`;
  if (restricted(tool.path)) return `${join}   (then log in again)`;
  return `sudo groupadd -f ${group} && sudo chgrp ${group} ${path} && sudo chmod 750 ${path} && sudo setcap cap_net_raw,cap_net_admin=ep ${path} && ${join}   (then log in again)`;
}

/** Only its group may run it: it has the right already. */
function restricted(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o001) === 0;
}

const quoted = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Text of another program, in one line, without what could move a terminal's cursor. */
export const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, LONGEST_REASON);
