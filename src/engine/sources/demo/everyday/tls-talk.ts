import type { Script } from '../agenda';
import type { Link } from '../link';
import { type Ends, TcpTalk } from '../tcp-talk';
import { encrypted, tls } from '../wire/tls';

/** Bytes asked and answered, and the seconds that pass before it. */
export interface Exchange {
  readonly after: number;
  readonly asks: number;
  readonly answer: number;
}

const CLOSE_NOTIFY = 2;

/** TLS 1.3 on a connection that is there. */
export function* talkTls(link: Link, talk: TcpTalk, name: string, exchanges: Iterable<Exchange>): Script {
  const { random } = link;
  const { client, server } = talk;
  yield* talk.say(client, tls.hello(random, name));
  yield random.between(0.0006, 0.002);
  yield* talk.say(server, tls.answer(random));
  yield* talk.say(client, tls.finished(random));
  for (const { after, asks, answer } of exchanges) {
    yield after;
    yield* talk.say(client, encrypted(random, asks));
    yield random.between(0.002, 0.04);
    yield* talk.say(server, encrypted(random, answer));
  }
  yield random.between(0.05, 1);
  yield* talk.say(client, encrypted(random, CLOSE_NOTIFY));
  yield* talk.close(client);
}

/** A TLS connection from its first packet to its last. */
export function* tlsConnection(link: Link, ends: Ends, name: string, exchanges: Iterable<Exchange>): Script {
  const talk = new TcpTalk(link, ends);
  yield* talk.connect();
  yield* talkTls(link, talk, name, exchanges);
}
