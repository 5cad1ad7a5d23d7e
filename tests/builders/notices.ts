import type { AlertNotice } from '../../src/shared/contract/notifications';

/** A port scan as it leaves the engine. */
export const alertNotice = (parts: Partial<AlertNotice> = {}): AlertNotice => ({
  kind: 'alert',
  session: 1,
  alert: 1,
  type: 'port_scan',
  severity: 'high',
  time: '2023-11-14T22:13:20.123456789Z',
  sourceIp: '203.0.113.9',
  sourcePort: 41022,
  targetIp: '10.0.0.4',
  targetPort: null,
  title: 'Port scan',
  count: 12,
  technique: 'T1046',
  capture: 'scan.pcap',
  ...parts,
});
