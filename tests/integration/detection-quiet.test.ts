import { afterAll, beforeAll, describe, it } from 'vitest';
import { named, whyNot } from '../rig/available';
import { checkQuiet } from '../rig/findings';
import { ADDRESSES, Network } from '../rig/network';
import * as ordinary from '../rig/ordinary';
import { withTimes } from '../rig/packet-clock';
import { record } from '../rig/recording';

const { victim, inside, outside } = ADDRESSES;
const reason = whyNot();
const MEGABYTE = 1 << 20;
/** Bytes kept of each packet of a large transfer: the headers. */
const HEADERS = 160;
/** The transfer comes after minutes of quiet, three hundred packets a second. */
const afterQuiet = (pcap: Uint8Array) => withTimes(pcap, (_, number) => (number < 4 ? number * 60 : 240 + number * 0.003));

describe('rules are silent on ordinary traffic', () => {
  it.each([
    ['a browser opens 30 connections to a CDN', ordinary.browser, []],
    ['an uptime monitor asks every 60 s for two hours (beaconing at most)', ordinary.uptimeMonitor, ['beaconing']],
    ['NTP with four servers for an hour', ordinary.timeService, []],
    ['a resolver asks 60 names a second', ordinary.resolver, []],
    ['mDNS chatter of twelve devices', ordinary.multicastNames, []],
    ['300 visitors in ten seconds', ordinary.crowd, []],
    ['a mail server asks reverse zones and block lists', ordinary.mailServerLookups, []],
    ['a mail client looks eight times an hour', ordinary.mailClient, []],
    ['a mail server reads the keys and policies of sixty senders', ordinary.mailPolicies, []],
    ['antivirus programs ask about files', ordinary.reputation, []],
    ['an address moves to the other machine of a pair', ordinary.failover, []],
  ] as const)('%s', async (what, make, mayFind) => {
    await checkQuiet(what, make(), mayFind);
  });
});

describe(named('rules are silent on ordinary traffic of real programs', reason), () => {
  let network: Network;

  beforeAll(async () => {
    if (reason !== null) return;
    network = await Network.make();
    await network.program('victim', 'echo-server', '8000');
    for (const host of ['inside', 'outside'] as const) await network.program(host, 'web-server', '80');
  });

  afterAll(() => network?.remove());

  const connections = (...args: readonly string[]) =>
    network.program('outside', 'connections', victim, '8000', ...args).then((one) => one.end());
  const transfer = (...args: readonly string[]) => network.program('victim', 'web-client', ...args).then((one) => one.end());

  it.skipIf(reason !== null)('50 parallel connections to one port', async () => {
    await checkQuiet('50 parallel connections to one port', await record(network, 'victim', () => connections('50', '50', '0', '300')));
  });

  it.skipIf(reason !== null)('a client completes 500 handshakes in 10 s', async () => {
    const pcap = await record(network, 'victim', () => connections('500', '5', '10', '5'));
    await checkQuiet('500 completed handshakes in 10 s', pcap);
  });

  it.skipIf(reason !== null)('a package mirror is downloaded', async () => {
    const pcap = await record(network, 'victim', () => transfer('GET', `http://${outside}/${8 * MEGABYTE}`, '0', '12', '3'), HEADERS);
    await checkQuiet(
      'package mirror: 12 files of 8 MB downloaded',
      withTimes(pcap, (_, number) => number * 0.05),
    );
    await checkQuiet('package mirror: the same in one go, after four minutes of quiet', afterQuiet(pcap));
  });

  it.skipIf(reason !== null)('a backup goes to a machine of the same network', async () => {
    const pcap = await record(network, 'victim', () => transfer('PUT', `http://${inside}/`, `${30 * MEGABYTE}`, '5', '1'), HEADERS);
    await checkQuiet(
      'backup: 150 MB uploaded inside the network',
      withTimes(pcap, (_, number) => number * 0.1),
    );
    await checkQuiet('backup: the same in one go, after four minutes of quiet', afterQuiet(pcap));
  });
});
