import { describe, expect, it } from 'vitest';
import { ethernet, ipv4, join, udp } from '../../../../builders/layers';
import { wire } from '../../../../builders/wire';
import { dissect, text, values } from '../tree/tree-of';

const frame = ethernet({ payload: ipv4({ payload: udp({ payload: 'hello' }) }) });
const bytes = (value: unknown): number[] => [...(value as Uint8Array)];

describe('what stands behind the payload', () => {
  it('is padding where zeros fill a short frame', () => {
    expect(values(dissect(join(frame, wire('00*13'))), 'eth.padding').map(bytes)).toEqual([new Array(13).fill(0)]);
  });

  it('is a trailer where it is not zeros', () => {
    const d = dissect(join(frame, wire('00 01 02*11')));
    expect(values(d, 'eth.padding')).toEqual([]);
    expect(values(d, 'eth.trailer').map(bytes)).toEqual([[0, 1, ...new Array(11).fill(2)]]);
  });

  it('ends with the frame check sequence where it was captured', () => {
    const d = dissect(join(frame, wire('00*13 a1b2c3d4')));
    expect(values(d, 'eth.fcs')).toEqual([0xa1b2c3d4]);
    expect(values(d, 'eth.trailer')).toEqual([]);
  });
});

it('shows VLAN tags between the layers, outermost first', () => {
  const d = dissect(ethernet({ vlans: [[0x88a8, 100], 200], payload: ipv4({ payload: udp() }) }));
  expect(values(d, 'ieee8021ad.id')).toEqual([100]);
  expect(values(d, 'vlan.id')).toEqual([200]);
  expect(text(d, 'vlan')[0]).toBe('802.1Q Virtual LAN, PRI: 0, DEI: 0, ID: 200');
});
