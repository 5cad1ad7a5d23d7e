import { createHash } from 'node:crypto';
import { type Layer, readable } from '../layer';
import { nameLists } from './ssh-fields';

/** Which of the ten lists make the fingerprint: key exchange, encryption, MAC and compression of the sender's direction. */
const CLIENT_LISTS = [0, 2, 4, 6] as const;
const SERVER_LISTS = [0, 3, 5, 7] as const;

/** The body of a KEXINIT with its HASSH or HASSHServer: MD5 of the offered algorithms, which names the software rather than the host. */
export function dissectKexInit(layer: Layer, fromServer: boolean): void {
  const node = layer.open('', 'Algorithms');
  layer.data('ssh.cookie', 16);
  const lists: string[] = [];
  for (const list of nameLists) {
    const length = layer.uint(`ssh.${list}_length`, 4);
    lists.push(layer.text(`ssh.${list}`, length));
  }
  layer.uint('ssh.first_kex_packet_follows', 1);
  layer.data('ssh.kex.reserved', 4);
  if (!layer.failed) {
    const algorithms = (fromServer ? SERVER_LISTS : CLIENT_LISTS).map((index) => lists[index] ?? '').join(';');
    const name = fromServer ? 'ssh.kex.hasshserver' : 'ssh.kex.hassh';
    layer.derived(`${name}_algorithms`, algorithms, readable(algorithms));
    const hash = createHash('md5').update(algorithms).digest('hex');
    layer.derived(name, hash, hash);
  }
  layer.close(node);
}
