import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { nativeProgram } from '../../scripts/lib/native-helper.mjs';
import { succeed } from '../rig/processes';

/** Two ends of a wire on this machine with nothing on it but what is sent; the application sees `name`. */
export class Wire {
  /** At most 15 characters, not those of another run. */
  readonly name = `pl${process.pid}`;
  readonly #far = `${this.name}x`;

  static async make(): Promise<Wire> {
    const wire = new Wire();
    await succeed('ip', ['link', 'add', wire.name, 'type', 'veth', 'peer', 'name', wire.#far]);
    for (const end of [wire.name, wire.#far]) {
      await succeed('sysctl', ['-qw', `net.ipv6.conf.${end}.disable_ipv6=1`]);
      await succeed('ip', ['link', 'set', end, 'up']);
    }
    return wire;
  }

  /** Sends UDP frames of 100 bytes towards `name`; waits until all were taken. */
  async send(count: number, rate: number): Promise<void> {
    await succeed(nativeProgram('portlight-send'), [this.#far, `${count}`, `${rate}`, '100']);
  }

  /** Process ids of what captures here. */
  captures(): number[] {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number)
      .filter((id) => isCapturing(id, this.name));
  }

  remove(): void {
    spawnSync('ip', ['link', 'del', this.name]);
  }
}

function isCapturing(id: number, name: string): boolean {
  try {
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    return /portlight-capture$/.test(words[0] ?? '') && words.includes(name);
  } catch {
    return false;
  }
}
