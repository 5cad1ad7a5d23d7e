import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A program called tcpdump in a folder of its own: it captures endless packets of 1,000 bytes as fast as they are taken, and leaves every
 * other question to the real one. Gives its path.
 */
export async function floodingTcpdump(folder: string): Promise<string> {
  const own = join(folder, 'flood');
  await mkdir(own, { recursive: true, mode: 0o755 });
  const path = join(own, 'tcpdump');
  await writeFile(path, FLOOD, { mode: 0o755 });
  return path;
}

const FLOOD = `#!/usr/bin/python3
import os, signal, struct, sys
if '-w' not in sys.argv:
    os.execv('/usr/bin/tcpdump', sys.argv)
signal.signal(signal.SIGUSR1, lambda *_: None)
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.stderr.write('listening on lo\\n'); sys.stderr.flush()
os.write(1, struct.pack('<IHHIIII', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
block = b''.join(struct.pack('<IIII', 1700000000, n, 1000, 1000) + bytes(1000) for n in range(1000))
while True:
    view = memoryview(block)
    while view:
        view = view[os.write(1, view):]
`;
