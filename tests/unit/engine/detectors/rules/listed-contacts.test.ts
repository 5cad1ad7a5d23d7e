import { describe, expect, it } from 'vitest';
import { loadLists } from '../../../../../src/engine/enrich/lists/lists';
import { resourcePath } from '../../../../../src/engine/resources';
import type { AlertType } from '../../../../../src/shared/model/alerts';
import { draw } from '../../../../builders/draw';
import { alertsIn, type FoundAlert } from '../../../../builders/found-alerts';
import { readCapture } from '../../../../builders/read-capture';

const { forAddresses: lists } = loadLists(resourcePath('lists'), null);

const found = async (type: AlertType, ...lines: readonly string[]): Promise<FoundAlert[]> =>
  alertsIn(await readCapture(draw(lines.join('\n')).pcap(), undefined, { lists }), type);

const connection = (client: string, server: string): string[] => [
  `${client} > ${server} S`,
  `${server} > ${client} SA`,
  `${client} > ${server} A`,
];
const gets = (...uris: readonly string[]): string[] =>
  uris.map((uri, i) => `8.8.4.4:${4000 + i} > 10.0.0.2:80 PA http GET a.example${uri}`);

describe('a miner', () => {
  const [miner, pool] = ['10.0.0.5:4000', '203.0.113.7:8443'];
  const says = (from: string, to: string, json: string): string => `${from} > ${to} PA '${json.replaceAll('"', '\\"')}\\n'`;

  it('is found by two kinds of Stratum messages on any port, whoever speaks last', async () => {
    const login = says(miner, pool, '{"id":1,"method":"login","params":{"login":"4Wallet","pass":"x","agent":"xmrig/6"}}');
    const job = says(pool, miner, '{"id":1,"result":{"id":"7","job":{"blob":"0e0e","job_id":"9"}}}');
    expect(await found('cryptominer', login)).toEqual([]);
    const alerts = await found('cryptominer', login, job);
    expect(alerts).toMatchObject([
      { severity: 'critical', source: '10.0.0.5', target: '203.0.113.7', targetPort: 8443, evidence: { worker: '4Wallet' } },
    ]);
  });

  it.each(['80', '443', '8080', '3128', '3333', '14444'])('is found on port %s, whoever else has it', async (port) => {
    const there = `203.0.113.7:${port}`;
    const subscribe = says(miner, there, '{"id":1,"method":"mining.subscribe","params":[]}');
    const authorize = says(miner, there, '{"id":2,"method":"mining.authorize","params":["joe.1","x"]}');
    expect(await found('cryptominer', ...connection(miner, there), subscribe, authorize)).toHaveLength(1);
  });

  const hash = (digit: string): string => `"0x${digit.repeat(64)}"`;
  it.each([
    ['Bitcoin', '{"id":null,"method":"mining.set_difficulty","params":[8]}', '{"id":null,"method":"mining.notify","params":["1"]}'],
    ['Monero', '{"id":1,"result":{"id":"7","job":{"blob":"0e0e","job_id":"9"}}}', '{"method":"job","params":{"blob":"0e","job_id":"10"}}'],
    ['Ethereum', `{"id":0,"result":[${hash('a')},${hash('b')},"0xff"]}`, `{"id":0,"result":[${hash('c')},${hash('b')},"0xff"]}`],
  ])('is found by what its pool says alone: %s', async (_, ...lines) => {
    const alerts = await found('cryptominer', ...lines.map((line) => says(pool, miner, line)));
    expect(alerts).toMatchObject([{ source: '10.0.0.5', target: '203.0.113.7' }]);
  });

  it.each([
    ['a first configuration', '{"id":1,"method":"mining.configure","params":[]}', '{"id":2,"method":"mining.subscribe","params":[]}'],
    [
      'shares of Monero',
      '{"id":3,"method":"submit","params":{"id":"7","job_id":"9","nonce":"00","result":"ff"}}',
      '{"id":4,"method":"keepalived"}',
    ],
    ['Ethereum', '{"id":1,"method":"eth_submitLogin","params":["0xabc"]}', '{"id":2,"method":"eth_getWork","params":[]}'],
  ])('is found by what it says alone: %s', async (_, ...lines) => {
    const alerts = await found('cryptominer', ...lines.map((line) => says(miner, pool, line)));
    expect(alerts).toMatchObject([{ source: '10.0.0.5', target: '203.0.113.7' }]);
  });

  it('is not a page about mining, another program of JSON lines, or the look-up of a pool alone', async () => {
    const page = `203.0.113.7:80 > 10.0.0.5:4000 PA 'HTTP/1.1 200 OK\\r\\nContent-Length: 70\\r\\n\\r\\n{"method":"mining.subscribe"} {"method":"mining.authorize","params":[]}'`;
    expect(
      await found('cryptominer', '10.0.0.5:4000 > 203.0.113.7:80 PA http GET a.example/mining.subscribe', page.replaceAll('"', '\\"')),
    ).toEqual([]);
    const bus = ['{"op":"login","user":"joe"}', '{"op":"job","job_id":"7"}', '{"op":"submit","job_id":"7"}'].map((line) =>
      says(miner, pool, line),
    );
    expect(await found('cryptominer', ...bus)).toEqual([]);
    expect(await found('cryptominer', '10.0.0.5:4000 > 10.0.0.1:53 udp dns A pool.supportxmr.com')).toEqual([]);
  });

  it('is found in the middle of its work', async () => {
    const job = says(pool, miner, '{"id":null,"method":"mining.notify","params":["1"]}');
    const share = says(miner, pool, '{"id":4,"method":"mining.submit","params":["joe.1","1"]}');
    expect(await found('cryptominer', job, share)).toMatchObject([{ source: '10.0.0.5', target: '203.0.113.7' }]);
  });

  it("is found by a pool's name and port where it speaks TLS", async () => {
    const ask = '10.0.0.5:5353 > 10.0.0.1:53 udp dns A xmr-eu.nanopool.org';
    const connect = connection('10.0.0.5:4001', '198.51.100.9:10343');
    expect(await found('cryptominer', ask, ...connect)).toMatchObject([
      { source: '10.0.0.5', target: '198.51.100.9', targetPort: 10343, evidence: { domain: 'nanopool.org' } },
    ]);
    expect(await found('cryptominer', ask, ...connection('10.0.0.5:4001', '198.51.100.9:443'))).toEqual([]);
    expect(await found('cryptominer', ...connect)).toEqual([]);
  });
});

describe('an exploit probe', () => {
  it('is one source that asks for three listed paths, at whatever depth and with whatever behind', async () => {
    expect(await found('exploit_probe', ...gets('/.env', '/wp-login.php', '/'))).toEqual([]);
    const alerts = await found('exploit_probe', ...gets('/.env', '/blog/wp-login.php?x=1', '/.git/config'));
    expect(alerts).toMatchObject([{ severity: 'medium', source: '8.8.4.4', target: '10.0.0.2', targetPort: 80 }]);
  });

  it.each(['/?x=\u0024{jndi:ldap://a/b}', '/?x=%24%7Bjndi:ldap://a/b}', '/cgi-bin/.%2e/.%2e/bin/id', '/a?id=1+UNION+SELECT+1'])(
    'is found at once by the mark of an exploit: %s',
    async (uri) => {
      expect(await found('exploit_probe', ...gets(uri))).toHaveLength(1);
    },
  );

  it('is not an ordinary visit', async () => {
    expect(await found('exploit_probe', ...gets('/', '/environment', '/a/wp-login.phpx', '/search?q=/.env', '/login'))).toEqual([]);
  });
});

describe('listed hosts', () => {
  it('are Tor relays when something connects to one', async () => {
    expect(await found('tor_contact', ...connection('10.0.0.5:4000', '5.45.99.251:9001'))).toMatchObject([
      { severity: 'medium', source: '10.0.0.5', target: '5.45.99.251' },
    ]);
    expect(await found('tor_contact', ...connection('10.0.0.5:4000', '5.45.99.250:9001'))).toEqual([]);
  });

  it('are names on a blocklist, with their subdomains', async () => {
    const greet = '10.0.0.5:4000 > 198.51.100.9:443 PA tls www.examplebotnetdomain.com';
    expect(await found('blocklist_contact', greet)).toMatchObject([
      { severity: 'high', source: '10.0.0.5', evidence: { listed: 'www.examplebotnetdomain.com', direction: 'outbound' } },
    ]);
    expect(await found('blocklist_contact', greet.replace('www.examplebotnetdomain', 'notexamplebotnetdomain'))).toEqual([]);
  });
});

describe('passwords in clear text', () => {
  it('are told once for each service, and not for anonymous FTP', async () => {
    const login = (user: string): string[] => [`10.0.0.5:4000 > 10.0.0.2:21 PA 'USER ${user}\\r\\nPASS x\\r\\n'`];
    expect(await found('cleartext_credentials', ...login('joe'), ...login('ann'))).toMatchObject([
      { source: '10.0.0.5', target: '10.0.0.2', targetPort: 21, count: 2, evidence: { users: ['joe', 'ann'] } },
    ]);
    expect(await found('cleartext_credentials', ...login('anonymous'))).toEqual([]);
  });
});
