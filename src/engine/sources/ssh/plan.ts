import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import type { SshConnection } from './connection';
import { plainText } from './plain-text';
import { makeMark, readSections, rightsScript, surveyScript } from './plan-script';
import type { SshPrompts } from './prompts';
import { runScript } from './run-script';
import { pasteWord } from './shell-quote';
import { type RemoteSurvey, type RemoteTcpdump, readSurvey, usualInterface } from './survey';

/** How tcpdump may be run: as it is (root, or the file has capabilities), by `sudo -n`, or by sudo with a password. */
export type RemoteRights = 'direct' | 'sudo' | 'sudo-password';

/** What is known of a server before a capture is started there (S4). */
export interface CapturePlan {
  readonly survey: RemoteSurvey;
  /** The one asked for, or the one that our connection comes in by. */
  readonly interface: string;
  /** null: it may not. */
  readonly rights: RemoteRights | null;
  /** What is in the way, if anything, and in `next` what to do. */
  readonly problem: Problem | null;
  /** The command for the server that removes what is in the way. */
  readonly paste: string | null;
}

export interface PlanOptions {
  readonly interface?: string | undefined;
  readonly captureFilter?: string | undefined;
}

/** Asks the server; starts nothing. A failure here is one of the connection; what is in a capture's way is in the plan. */
export async function planCapture(connection: SshConnection, options: PlanOptions, prompts: SshPrompts): Promise<Result<CapturePlan>> {
  const mark = makeMark();
  const surveyed = await runScript(connection, surveyScript(mark));
  if (!surveyed.ok) return surveyed;
  const sections = readSections(surveyed.value.stdout, mark);
  if (!sections.has('end')) {
    const said = plainText(surveyed.value.stderr || surveyed.value.stdout);
    return fail(
      'ssh-no-shell',
      `${connection.host.host} did not run the commands that look for tcpdump${said === '' ? '' : `; it said: ${said}`}.`,
      'The account needs a shell (sh) on the server.',
    );
  }
  const survey = readSurvey(sections);
  const device = options.interface ?? usualInterface(survey);
  const stopped = (problem: Problem, paste: string | null = null): Result<CapturePlan> =>
    ok({ survey, interface: device, rights: null, problem, paste });

  const { tcpdump } = survey;
  const place = connection.host.host;
  if (tcpdump === null) {
    const paste = installCommand(survey);
    const next = paste === null ? 'Install tcpdump there.' : `Run this there: ${paste}`;
    return stopped({ code: 'remote-no-tcpdump', sentence: `There is no tcpdump on ${place}.`, next }, paste);
  }
  if (survey.connection === null) {
    return stopped({
      code: 'remote-own-connection-unknown',
      sentence: `${place} does not say which connection is ours, so a capture would capture itself.`,
      next: 'Its shell must keep SSH_CONNECTION in the environment.',
    });
  }
  if (survey.interfaces.length > 0 && !survey.interfaces.some((one) => one.name === device)) {
    return stopped(noInterface(place, device, survey));
  }

  const probed = await probeRights(connection, tcpdump, device, options.captureFilter ?? '', prompts);
  if (!probed.ok) return probed;
  const { rights, filterError, said } = probed.value;
  if (rights === null) {
    if (/no such device/i.test(said)) return stopped(noInterface(place, device, survey));
    const paste = rightsCommand(survey, tcpdump);
    const reason = said === '' ? '' : ` (${said})`;
    return stopped(
      {
        code: /incorrect password|no password was provided|try again/i.test(said) ? 'remote-wrong-sudo-password' : 'remote-no-rights',
        sentence: `${survey.user} may not capture on ${device} of ${place}${reason}.`,
        next: `Run this there as somebody who may use sudo, then connect again: ${paste}`,
      },
      paste,
    );
  }
  if (filterError !== null) {
    return stopped({
      code: 'bad-filter',
      sentence: `tcpdump on ${place} does not take the capture filter: ${filterError}.`,
      next: 'Capture filters are written in the language of pcap-filter(7), such as "tcp port 443".',
    });
  }
  return ok({ survey, interface: device, rights, problem: null, paste: null });
}

const noInterface = (place: string, device: string, survey: RemoteSurvey): Problem => ({
  code: 'remote-no-interface',
  sentence: `${place} has no interface ${device}.`,
  next: `It has: ${plainText(survey.interfaces.map((one) => one.name).join(', '))}.`,
});

interface Probed {
  readonly rights: RemoteRights | null;
  readonly filterError: string | null;
  /** What tcpdump or sudo said against it. */
  readonly said: string;
}

async function probeRights(
  connection: SshConnection,
  tcpdump: RemoteTcpdump,
  device: string,
  filter: string,
  prompts: SshPrompts,
): Promise<Result<Probed>> {
  const probe = async (password: string | null): Promise<Result<Probed>> => {
    const mark = makeMark();
    const script = rightsScript(mark, tcpdump.path, device, filter, password !== null);
    const output = await runScript(connection, script, password === null ? '' : `${password}\n`);
    return output.ok ? ok(readProbe(readSections(output.value.stdout, mark))) : output;
  };
  let probed = await probe(null);
  for (let attempt = 0; attempt < 3 && probed.ok && probed.value.rights === null; attempt++) {
    if (!/a password is required|a terminal is required|incorrect password|no password was provided|try again/i.test(probed.value.said))
      break;
    const { user, host } = connection.host;
    const password = await prompts.sudoPassword({ user, host, attempt });
    if (password === null) break;
    probed = await probe(password);
  }
  return probed;
}

function readProbe(sections: ReadonlyMap<string, readonly string[]>): Probed {
  const failure = (name: string): string | null => {
    const [status, ...lines] = sections.get(name) ?? [];
    return status === '0' ? null : plainText(lines.join(' ')) || 'it did not answer';
  };
  const direct = failure('direct');
  const asked = sections.has('sudo-password') ? 'sudo-password' : 'sudo';
  const sudo = sections.has(asked) ? failure(asked) : 'there is no sudo';
  const rights = direct === null ? 'direct' : sudo === null ? asked : null;
  // Where the device is not there, that is what matters; sudo only repeats it.
  const said = direct !== null && (/no such device/i.test(direct) || !sections.has(asked)) ? direct : (sudo ?? '');
  const error = failure('filter');
  return {
    rights,
    said: rights === null ? said : '',
    filterError: error === null ? null : error.replace(/^tcpdump: /, '').replace(/\.$/, ''),
  };
}

function installCommand(survey: RemoteSurvey): string | null {
  const sudo = survey.root ? '' : 'sudo ';
  const is = (...names: string[]): boolean => survey.families.some((family) => names.includes(family));
  if (is('debian', 'ubuntu')) return `${sudo}apt-get update && ${sudo}apt-get install -y tcpdump`;
  if (is('fedora', 'rhel', 'centos', 'rocky', 'almalinux', 'amzn', 'ol'))
    return `${sudo}dnf install -y tcpdump || ${sudo}yum install -y tcpdump`;
  if (is('alpine')) return survey.root ? 'apk add tcpdump' : 'doas apk add tcpdump';
  if (is('arch', 'archlinux')) return `${sudo}pacman -S --noconfirm tcpdump`;
  if (survey.families.some((family) => family.includes('suse'))) return `${sudo}zypper install -y tcpdump`;
  if (is('openwrt')) return 'opkg update && opkg install tcpdump';
  return null;
}

/** Capturing becomes the right of a group and of this one program; sudo for tcpdump would be sudo for everything (its -z runs programs). */
function rightsCommand(survey: RemoteSurvey, tcpdump: RemoteTcpdump): string {
  const path = pasteWord(tcpdump.path);
  return (
    `sudo groupadd -f pcap && sudo usermod -aG pcap ${pasteWord(survey.user)} && sudo chgrp pcap ${path}` +
    ` && sudo chmod 750 ${path} && sudo setcap cap_net_raw=ep ${path}`
  );
}
