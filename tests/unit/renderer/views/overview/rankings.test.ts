import { describe, expect, it } from 'vitest';
import {
  countryRows,
  familyTest,
  lengthRows,
  nameRows,
  newCountryRows,
  newHostRows,
  newPortRows,
  portRows,
  protocolRows,
  talkerRows,
} from '../../../../../src/renderer/views/overview/rankings';
import type { StatisticsSnapshot } from '../../../../../src/shared/model/records';

const SNAPSHOT: StatisticsSnapshot = {
  packets: 100,
  bytes: 10_000,
  capturedBytes: 10_000,
  firstTime: 0,
  lastTime: 1e9,
  flows: { tcp: 1, udp: 1, icmp: 0, other: 0, total: 2 },
  protocols: [
    { name: 'DNS', packets: 60, bytes: 3000 },
    { name: 'TLSv1.3', packets: 30, bytes: 6000 },
    { name: 'ARP', packets: 10, bytes: 1000 },
  ],
  talkers: [
    { address: '10.0.0.4', packets: 90, bytes: 8000, bytesSent: 6000, bytesReceived: 2000 },
    { address: '10.0.0.1', packets: 40, bytes: 4000, bytesSent: 0, bytesReceived: 4000 },
  ],
  ports: [{ transport: 'TCP', port: 443, service: 'https', packets: 30, bytes: 6000 }],
  series: { from: 0, width: 1e6, packets: [], bytes: [], families: [] },
  lengths: [50, 30, 0, 0, 0, 20, 0, 0],
  names: [{ name: 'a"b.example', packets: 12, bytes: 900 }],
};

describe('rankings', () => {
  it('put protocols in the order of their bytes and sum up those left out', () => {
    expect(protocolRows(SNAPSHOT, 2).map(({ label, values, test }) => [label, ...values, test])).toEqual([
      ['TLSv1.3', '30', '6 kB', '60 %', 'tls'],
      ['DNS', '60', '3 kB', '30 %', 'dns'],
      ['1 more', '10', '1 kB', '10 %', null],
    ]);
    expect(protocolRows(SNAPSHOT, 3).some(({ isRest }) => isRest)).toBe(false);
  });

  it('draw bars in proportion to the greatest', () => {
    const sizes = talkerRows(SNAPSHOT).map(({ parts }) => parts.map(({ size }) => size));
    expect(sizes).toEqual([
      [0.75, 0.25],
      [0, 0.5],
    ]);
  });

  it('stand for a filter test', () => {
    expect(talkerRows(SNAPSHOT)[0]?.test).toBe('ip.addr == 10.0.0.4');
    expect(portRows(SNAPSHOT)[0]).toMatchObject({ label: '443/tcp', detail: 'https', test: 'tcp.port == 443' });
    expect(nameRows(SNAPSHOT)[0]?.test).toContain('http.host == "a\\"b.example"');
  });

  it('name packet lengths by their bounds, without a gap', () => {
    expect(lengthRows(SNAPSHOT).map(({ label, test }) => [label, test])).toEqual([
      ['0–79', 'frame.len <= 79'],
      ['80–159', 'frame.len >= 80 && frame.len <= 159'],
      ['160–319', 'frame.len >= 160 && frame.len <= 319'],
      ['320–639', 'frame.len >= 320 && frame.len <= 639'],
      ['640–1279', 'frame.len >= 640 && frame.len <= 1279'],
      ['1280–2559', 'frame.len >= 1280 && frame.len <= 2559'],
      ['2560–5119', 'frame.len >= 2560 && frame.len <= 5119'],
      ['≥ 5120', 'frame.len >= 5120'],
    ]);
    expect(lengthRows(SNAPSHOT)[0]?.values).toEqual(['50', '50 %']);
  });

  it('lead from countries, ports and hosts that are new to filters and pages', () => {
    const alerts = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
    const traffic = { hosts: 2, flows: 3, packets: 9, bytesSent: 3000, bytesReceived: 1000, alerts };
    expect(countryRows([{ code: 'DE', ...traffic }])).toMatchObject([
      { label: 'Germany', values: ['2', '4 kB'], parts: [{ size: 0.75 }, { size: 0.25 }], test: 'country == "DE"', country: 'DE' },
    ]);
    expect(newCountryRows([{ key: 'NL', bytes: 10 }])).toMatchObject([{ label: 'Netherlands', test: 'country == "NL"', country: 'NL' }]);
    expect(newHostRows([{ key: '2001:db8::1', bytes: 10 }])).toMatchObject([{ test: 'ipv6.addr == 2001:db8::1', host: '2001:db8::1' }]);
    expect(newPortRows([{ key: 'TCP/22', bytes: 10 }])).toMatchObject([{ label: '22/tcp', detail: 'ssh', test: 'tcp.port == 22' }]);
  });

  it('make one test of the protocols of a family', () => {
    const protocols = [...SNAPSHOT.protocols, { name: 'TLSv1.2', packets: 1, bytes: 1 }];
    expect(familyTest('tls', protocols)).toBe('_ws.col.protocol in {"TLSv1.3", "TLSv1.2"}');
    expect(familyTest('dns', protocols)).toBe('_ws.col.protocol == "DNS"');
    expect(familyTest('ssh', protocols)).toBeNull();
  });
});
