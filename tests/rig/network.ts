import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Running, succeed } from './processes';

/** A local network behind a router, and somebody outside. Addresses are of RFC 1918 and RFC 5737. */
export const ADDRESSES = {
  /** The watched server; captures are made at its interface. */
  victim: '10.77.0.10',
  /** Another machine of the same network. */
  inside: '10.77.0.20',
  /** The router's side of the local network. */
  gateway: '10.77.0.1',
  /** Far away. */
  outside: '203.0.113.66',
  router: '203.0.113.1',
} as const;
/** Routed to the victim, and nobody is there. */
export const EMPTY_NETWORK = '10.77.1.0/26';

export type Host = 'victim' | 'inside' | 'outside';

const PREFIX = 'plrig-';
let networks = 0;

/**
 * Four namespaces, everything in them and nothing outside them: `router` (with the bridge of the local network), `victim` and `inside` on
 * that bridge, `outside` behind the router. Names are unique to the process, and `remove` leaves nothing behind.
 */
export class Network {
  readonly #name = `${PREFIX}${process.pid}-${++networks}`;
  readonly #running: Running[] = [];

  static async make(): Promise<Network> {
    removeAbandoned();
    const network = new Network();
    try {
      await network.#build();
      return network;
    } catch (error) {
      await network.remove();
      throw error;
    }
  }

  namespace(host: Host | 'router'): string {
    return `${this.#name}-${host}`;
  }

  async #build(): Promise<void> {
    for (const host of ['router', 'victim', 'inside', 'outside'] as const) {
      await succeed('ip', ['netns', 'add', this.namespace(host)]);
      await this.run(host, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv4.conf.all.rp_filter=0');
    }
    await this.#ip(
      'router',
      'link set lo up',
      'link add lan type bridge',
      `addr add ${ADDRESSES.gateway}/24 dev lan`,
      'link set lan up',
      ...(['victim', 'inside', 'outside'] as const).map(
        (host) => `link add to-${host} type veth peer name eth0 netns ${this.namespace(host)}`,
      ),
      'link set to-victim master lan',
      'link set to-inside master lan',
      `addr add ${ADDRESSES.router}/24 dev to-outside`,
      'link set to-victim up',
      'link set to-inside up',
      'link set to-outside up',
    );
    for (const host of ['victim', 'inside', 'outside'] as const)
      await this.#ip(
        host,
        'link set lo up',
        `addr add ${ADDRESSES[host]}/24 dev eth0`,
        'link set eth0 up',
        `route add default via ${host === 'outside' ? ADDRESSES.router : ADDRESSES.gateway}`,
      );
    await this.#ip('router', `route add ${EMPTY_NETWORK} via ${ADDRESSES.victim}`);
    await this.run('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
  }

  async #ip(host: Host | 'router', ...commands: readonly string[]): Promise<void> {
    for (const command of commands) await succeed('ip', ['-n', this.namespace(host), ...command.split(' ')]);
  }

  /** Runs a program on a host to its end and gives what it printed; throws where it fails. */
  run(host: Host | 'router', command: string, ...args: readonly string[]): Promise<string> {
    return succeed('ip', ['netns', 'exec', this.namespace(host), command, ...args]);
  }

  /** Starts a program on a host; it is stopped with the network at the latest. */
  start(host: Host | 'router', command: string, ...args: readonly string[]): Running {
    // `ip netns exec` becomes the program, so that the id is the program's own.
    const running = new Running('ip', ['netns', 'exec', this.namespace(host), command, ...args]);
    this.#running.push(running);
    return running;
  }

  /** One of `programs/`, run by Node on a host; started once it says "ready". */
  async program(host: Host, name: string, ...args: readonly string[]): Promise<Running> {
    const running = this.start(host, process.execPath, resolve('tests', 'rig', 'programs', `${name}.mjs`), ...args);
    await running.says('ready');
    return running;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((running) => running.stop()));
    for (const host of ['victim', 'inside', 'outside', 'router'] as const) removeNamespace(this.namespace(host));
  }
}

/** Ends what still runs in a namespace of ours (children of servers), by process id, and removes it. */
function removeNamespace(name: string): void {
  const inside = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout ?? '';
  for (const id of inside.split('\n').map(Number).filter(Boolean)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  spawnSync('ip', ['netns', 'del', name]);
}

/** What a run that was killed left behind. */
function removeAbandoned(): void {
  for (const name of namespaces()) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    try {
      process.kill(owner, 0);
    } catch {
      removeNamespace(name);
    }
  }
}

function namespaces(): string[] {
  try {
    return readdirSync('/run/netns').filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}
