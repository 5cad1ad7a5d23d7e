import type { Script } from '../agenda';
import type { Link } from '../link';
import { synFlood } from './flood';
import { ftpLogin, sshGuessing, telnetLogin } from './passwords';
import { hostSweep, portScan, slowScan } from './scans';
import { beacon, dnsTunnel, miner, torClient } from './taken-over';
import { webProbes } from './web-probes';

type Scene = (link: Link) => Script;

/**
 * Seconds at which the scenes of the first act begin: whoever looks for two minutes has seen each. What takes long to be found begins early.
 * It is one story: somebody looks at the server, guesses a password, and makes use of what was won.
 */
const FIRST_ACT: readonly (readonly [number, Scene])[] = [
  [2, slowScan],
  [3, beacon],
  [6, portScan],
  [14, webProbes],
  [20, sshGuessing],
  [44, ftpLogin],
  [48, telnetLogin],
  [54, miner],
  [62, torClient],
  [70, dnsTunnel],
  [86, hostSweep],
  [102, synFlood],
];
/** Seconds between two scenes of the later acts. */
const PAUSE = { least: 18, most: 50 };
/** In which all of the first act was seen. */
const FIRST_ACT_ENDS = 135;

/** Begins the attacks: a first act as written, then all scenes again and again, in an order by lot. */
export function beginAttacks(link: Link): void {
  for (const [at, scene] of FIRST_ACT) link.start(scene(link), at);
  link.start(laterActs(link), FIRST_ACT_ENDS);
}

function* laterActs(link: Link): Script {
  const { random } = link;
  for (;;) {
    for (const [, scene] of random.shuffled(FIRST_ACT)) {
      link.start(scene(link));
      yield random.between(PAUSE.least, PAUSE.most);
    }
  }
}
