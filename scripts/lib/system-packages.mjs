import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { say } from './paths.mjs';
import { capture, hasProgram, isRoot, run, SetupError } from './process.mjs';

/** Debian's names of the libraries that Electron is linked with. Where a release renamed one, the newer name comes second. */
const ELECTRON_LIBRARIES = [
  ['libnss3'],
  ['libdbus-1-3'],
  ['libatk1.0-0', 'libatk1.0-0t64'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libcups2', 'libcups2t64'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libglib2.0-0', 'libglib2.0-0t64'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libdrm2'],
  ['libexpat1'],
  ['libpango-1.0-0'],
  ['libcairo2'],
  ['libx11-6'],
  ['libxcb1'],
  ['libxcomposite1'],
  ['libxdamage1'],
  ['libxext6'],
  ['libxfixes3'],
  ['libxrandr2'],
  ['libxkbcommon0'],
];

/** Programs that the tests run, and the package of each. */
const TEST_PROGRAMS = { Xvfb: 'xvfb', tshark: 'tshark', tcpdump: 'tcpdump', zstd: 'zstd' };

/** Programs that the detection rig runs between network namespaces; only root can make those. */
const RIG_PROGRAMS = {
  ip: 'iproute2',
  sysctl: 'procps',
  nmap: 'nmap',
  hydra: 'hydra',
  hping3: 'hping3',
  fping: 'fping',
  iodine: 'iodine',
  arpspoof: 'dsniff',
  ssh: 'openssh-client',
  sshd: 'openssh-server',
  sudo: 'sudo',
  vsftpd: 'vsftpd',
  nft: 'nftables',
};
/** Of these, the ones whose packages also start a service. */
const SERVICES = ['iodine', 'sshd', 'vsftpd'];
/** What the capture helper is built with and given its right with. */
const BUILD_TOOLS = [
  { name: 'gcc', there: () => hasProgram('gcc') },
  { name: 'libc6-dev', there: () => existsSync('/usr/include/stdio.h') },
  { name: 'libpcap-dev', there: () => existsSync('/usr/include/pcap/pcap.h') },
  { name: 'libcap2-bin', there: () => hasProgram('setcap') },
];
/** Debian asks this file before a package may start its service (policy-rc.d, Debian Policy 9.3.3). */
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the libraries that this Electron lacks. Nothing is done where all are there or the system is not Linux. */
export async function ensureLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  await install(ELECTRON_LIBRARIES, `Electron needs libraries that are not here: ${missing.join(', ')}.`);
  const left = missingLibraries(executable);
  if (left.length > 0) throw new SetupError(`Electron still lacks ${left.join(', ')}.`, 'Install what your system calls these libraries.');
}

/** Installs programs of `TEST_PROGRAMS` and `RIG_PROGRAMS`; without the right to, says what to paste and goes on unless one is `required`. */
export async function ensurePrograms(names, { required }) {
  if (process.platform !== 'linux') return;
  const missing = names.filter((name) => !hasProgram(name));
  if (missing.length === 0) return;
  const packages = missing.map((name) => [{ ...TEST_PROGRAMS, ...RIG_PROGRAMS }[name]]);
  try {
    await install(packages, `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed.`);
  } catch (error) {
    if (required || !(error instanceof SetupError)) throw error;
    say(`${error.message} Tests that need them are skipped.\n${error.next}`);
  }
}

/** Brings what the capture helper is built with. Capturing works without it, so that without the right to install nothing more is said. */
export async function ensureBuildTools() {
  if (process.platform !== 'linux' || !isRoot() || !isDebian()) return;
  const missing = BUILD_TOOLS.filter(({ there }) => !there()).map(({ name }) => [name]);
  if (missing.length === 0) return;
  try {
    await install(missing, 'The capture helper is built with a C compiler and libpcap.');
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.message} Capturing uses dumpcap or tcpdump instead.`);
  }
}

/** What the tests can use here: the rig's programs only for root, and no servers where systemd would start them with the machine. */
export function testPrograms() {
  const rig = process.platform === 'linux' && isRoot() ? Object.keys(RIG_PROGRAMS) : [];
  const servers = !existsSync('/run/systemd/system');
  return [...Object.keys(TEST_PROGRAMS), ...rig.filter((name) => servers || !SERVICES.includes(name))];
}

function missingLibraries(executable) {
  const listing = capture('ldd', [executable]) ?? '';
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** @param {string[][]} packages for each, its possible names */
async function install(packages, why) {
  if (!isDebian())
    throw new SetupError(
      why,
      `Install them with your system's package manager; Debian calls them ${packages.map((names) => names[0]).join(' ')}.`,
    );
  if (!isRoot()) throw new SetupError(why, `Paste this, then run the same command again:\n  ${pasteable(packages)}`);
  say(`${why} Installing with apt-get.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-qq'], { env });
  const names = packages.map(available);
  const status =
    updated === 0
      ? await withoutServices(() =>
          run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, stdio: ['ignore', 'ignore', 2] }),
        )
      : 1;
  if (status !== 0) throw new SetupError(`${why} apt-get could not install them.`, `This was tried:\n  ${pasteable(packages)}`);
}

/** While packages are installed none of them starts a service; a policy that is there already is left as it is. */
async function withoutServices(work) {
  if (existsSync(POLICY)) return await work();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(POLICY, { force: true });
  }
}

/** The newest of the names that this release has as a package of its own. */
function available(names) {
  return names.findLast((name) => /Candidate: \d/.test(capture('apt-cache', ['policy', name]) ?? '')) ?? names[0];
}

const pasteable = (packages) => `sudo apt-get update && sudo apt-get install -y ${packages.map(available).join(' ')}`;

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8')) && hasProgram('apt-get');
}
