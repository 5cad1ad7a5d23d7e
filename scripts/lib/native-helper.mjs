import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { at, say } from './paths.mjs';
import { capture, hasProgram } from './process.mjs';
import { stampOf } from './stamp.mjs';

/** Programs in C: the capture helper, and the sender that the benchmark of capturing uses. Each is all .c files of its folder. */
const PROGRAMS = {
  'portlight-capture': { folder: 'capture-helper', libraries: ['-lpcap'] },
  'portlight-send': { folder: 'frame-sender', libraries: [] },
};
const FLAGS = [
  '-std=c11',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Wshadow',
  '-Werror',
  '-D_GNU_SOURCE',
  '-D_FORTIFY_SOURCE=2',
  '-fstack-protector-strong',
  '-fPIE',
  ...(process.platform === 'linux' ? ['-fstack-clash-protection', '-pie', '-Wl,-z,relro,-z,now'] : ['-D_DARWIN_C_SOURCE']),
];

/** Where a built program lies; the engine looks for the helper there (src/engine/resources.ts). */
export const nativeProgram = (name) => at('out', 'native', name);

const inputsOf = (name) => [`native/${PROGRAMS[name].folder}`, 'scripts/lib/native-helper.mjs'];
const compiler = () => ['cc', 'gcc', 'clang'].find(hasProgram) ?? null;

function isFresh(name) {
  try {
    return readFileSync(`${nativeProgram(name)}.stamp`, 'utf8') === stampOf(inputsOf(name));
  } catch {
    return false;
  }
}

/** True where a compiler and libpcap's headers are. */
export function canBuild() {
  const cc = compiler();
  return (
    cc !== null && capture(cc, ['-E', '-x', 'c', '-'], { input: '#include <pcap/pcap.h>\n', stdio: ['pipe', 'pipe', 'ignore'] }) !== null
  );
}

/**
 * Builds a program where it is stale and can be built; gives whether it is there. Nothing needs the helper: without it dumpcap or tcpdump
 * captures. A state of the sources that could not be built is not tried again.
 */
export async function ensureNative(name = 'portlight-capture') {
  if (process.platform === 'win32') return false;
  if (!isFresh(name) && canBuild()) await withLock(at('out', '.native.lock'), () => isFresh(name) || build(name));
  return existsSync(nativeProgram(name));
}

function build(name) {
  const { folder, libraries } = PROGRAMS[name];
  const target = nativeProgram(name);
  const made = `${target}.${process.pid}`;
  const state = stampOf(inputsOf(name));
  mkdirSync(at('out', 'native'), { recursive: true });
  const sources = readdirSync(at('native', folder))
    .filter((file) => file.endsWith('.c'))
    .map((file) => at('native', folder, file));
  const built = capture(compiler(), [...FLAGS, ...sources, '-o', made, ...libraries], { stdio: ['ignore', 'pipe', 2] }) !== null;
  // Moved into place: a helper that runs keeps its old file.
  if (built) renameSync(made, target);
  else {
    rmSync(made, { force: true });
    rmSync(target, { force: true });
    say(`${name} could not be built; the compiler says why. Capturing uses dumpcap or tcpdump instead.`);
  }
  writeFileSync(`${target}.stamp`, state);
}
