import type { Script } from '../agenda';
import type { Link } from '../link';
import { Flag } from '../wire/segments';
import { SERVER } from '../world';

const HTTPS = 443;
const SECONDS = 7;
/** Half-open connections that the server has room for. */
const BACKLOG = 600;

/** SYNs with forged senders, a few thousand: the server answers until it has no room. */
export function* synFlood(link: Link): Script {
  const { random, world } = link;
  const count = random.whole(2200, 3400);
  for (let sent = 0; sent < count; sent++) {
    const from = world.stranger(random);
    const sequence = random.word();
    const sourcePort = random.whole(1024, 65_535);
    link.tcp(from, SERVER, { sourcePort, destinationPort: HTTPS, sequence, acknowledgement: 0, flags: Flag.Syn, window: 512 });
    if (sent < BACKLOG) {
      yield 0.000_03;
      const acknowledgement = (sequence + 1) >>> 0;
      const flags = Flag.Syn | Flag.Ack;
      link.tcp(SERVER, from, {
        sourcePort: HTTPS,
        destinationPort: sourcePort,
        sequence: random.word(),
        acknowledgement,
        flags,
        window: 64_240,
        options: [2, 4, 5, 0xb4],
      });
    }
    yield random.wait(SECONDS / count);
  }
}
