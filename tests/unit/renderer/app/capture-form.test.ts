import { describe, expect, it } from 'vitest';
import { type CaptureForm, chosenOf, formOf, requestOf } from '../../../../src/renderer/app/start/doors/interface/form-store';
import { commonProblem, inOrder } from '../../../../src/renderer/app/start/doors/interface/interfaces';
import { SAMPLES, TrafficMeter } from '../../../../src/renderer/app/start/doors/interface/traffic';
import type { InterfaceRequest } from '../../../../src/shared/contract/live';
import type { LocalInterface } from '../../../../src/shared/model/capture-interfaces';

/** 'eth0 up 10.0.0.4', 'lo up loopback', 'eth1 down', 'wlan0 up no-rights'. */
function drawn(line: string): LocalInterface {
  const [name = '', state, ...words] = line.split(' ');
  const code = words.includes('no-rights') ? 'no-rights' : state === 'down' ? 'interface-down' : null;
  return {
    name,
    description: null,
    addresses: words.filter((word) => word.includes('.')),
    loopback: words.includes('loopback'),
    up: state === 'up',
    wireless: false,
    connection: words.includes('unplugged') ? 'disconnected' : 'unknown',
    linkTypes: [],
    problem: code === null ? null : { code, sentence: `${name} cannot be captured.`, next: 'Give it the right.' },
  };
}

const names = (interfaces: readonly LocalInterface[]): string[] => interfaces.map(({ name }) => name);
const form = (change: Partial<CaptureForm> = {}): CaptureForm => ({
  interface: null,
  filter: '',
  keep: 'whole',
  custom: '256',
  promiscuous: true,
  mistake: null,
  ...change,
});
const request = (change: Partial<InterfaceRequest> = {}): InterfaceRequest => ({
  kind: 'interface',
  interface: 'eth0',
  filter: '',
  snapLength: null,
  promiscuous: true,
  ...change,
});

describe('the list of interfaces', () => {
  it('has first what is most likely wanted, last what cannot be captured', () => {
    const list = [
      'lo up loopback',
      'eth9 down',
      'any up',
      'eth1 up unplugged 10.0.0.5',
      'wlan0 up no-rights',
      'eth0 up 10.0.0.4',
      'tun0 up',
    ];
    expect(names(inOrder(list.map(drawn)))).toEqual(['eth0', 'eth1', 'tun0', 'any', 'lo', 'wlan0', 'eth9']);
  });

  it('says once what is wrong with all of them', () => {
    expect(commonProblem(['eth0 up no-rights', 'eth1 down'].map(drawn))?.code).toBe('no-rights');
    expect(commonProblem(['eth0 up no-rights', 'lo up loopback'].map(drawn))).toBeNull();
    expect(commonProblem(['eth1 down'].map(drawn))).toBeNull();
    expect(commonProblem([])).toBeNull();
  });
});

describe('the interface that is chosen', () => {
  const list = ['eth0 up 10.0.0.4', 'lo up loopback', 'eth9 down'].map(drawn);
  const recent = [{ kind: 'file', path: '/a.pcap' } as const, request({ interface: 'lo' })];

  it('is the person’s, else that of the last capture, else the first that can be captured', () => {
    expect(chosenOf(form({ interface: 'eth9' }), recent, list)?.name).toBe('eth9');
    expect(chosenOf(form(), recent, list)?.name).toBe('lo');
    expect(chosenOf(form(), [], list)?.name).toBe('eth0');
    expect(chosenOf(form(), [request({ interface: 'gone0' })], list)?.name).toBe('eth0');
    expect(chosenOf(form(), [], list.slice(2))?.name).toBe('eth9');
    expect(chosenOf(form(), [], [])).toBeNull();
  });
});

describe('what is asked of the engine', () => {
  it('is what the form says', () => {
    expect(requestOf(form({ filter: ' port 22 ', promiscuous: false }), 'eth0')).toEqual(
      request({ filter: 'port 22', promiscuous: false }),
    );
    expect(requestOf(form({ keep: 'headers' }), 'eth0')?.snapLength).toBe(128);
    expect(requestOf(form({ keep: 'custom', custom: '65,535' }), 'eth0')?.snapLength).toBe(65_535);
  });

  it.each(['0', '-1', '1.5', '262145', 'all', ''])('is nothing for "%s" bytes of each packet', (custom) => {
    expect(requestOf(form({ keep: 'custom', custom }), 'eth0')).toBeNull();
    expect(requestOf(form({ keep: 'whole', custom }), 'eth0')).not.toBeNull();
  });

  it.each([request(), request({ filter: 'udp', snapLength: 128 }), request({ snapLength: 300, promiscuous: false })])(
    'is the same again for a form that begins as %j',
    (last) => {
      expect(requestOf({ ...formOf(last), mistake: null }, last.interface)).toEqual(last);
    },
  );
});

describe('what interfaces carry', () => {
  it('is the rise of their counters a second, of the last half minute', () => {
    const meter = new TrafficMeter();
    for (let second = 0; second <= 40; second++) meter.add(second * 1000, [{ name: 'eth0', packets: 10 * second, bytes: 1000 * second }]);
    const traffic = meter.traffic.get('eth0');
    expect(traffic).toEqual({ samples: Array.from({ length: SAMPLES }, () => 1000), packetsPerSecond: 10, bitsPerSecond: 8000 });
  });

  it('is never less than nothing, and not known of an interface that is gone', () => {
    const meter = new TrafficMeter();
    meter.add(0, [{ name: 'eth0', packets: 900, bytes: 90_000 }]);
    meter.add(1000, [{ name: 'eth0', packets: 0, bytes: 0 }]);
    expect(meter.traffic.get('eth0')?.packetsPerSecond).toBe(0);
    meter.add(2000, []);
    expect(meter.traffic.size).toBe(0);
  });
});
