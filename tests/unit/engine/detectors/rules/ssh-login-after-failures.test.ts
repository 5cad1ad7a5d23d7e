import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';
import { sshConnection } from './ssh-drawings';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const found = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'ssh_login_after_failures');
const failures = (count: number, gap = 2): string[] => range(count).flatMap((i) => sshConnection(i * gap, 40_000 + i));

describe('an SSH login after failed attempts', () => {
  it('is found the moment it succeeds, long before it ends', async () => {
    const login = sshConnection(20, 50_000, { refusals: 1, login: true, end: false });
    expect(await found([...failures(3), ...login])).toMatchObject([
      { severity: 'critical', source: '192.0.2.66', target: '10.0.0.20', targetPort: 22, evidence: { failures: 3 } },
    ]);
  });

  it('is found by its data where the sizes of its answers say nothing', async () => {
    const session = sshConnection(20, 50_000, { refusals: 1, data: 10 });
    expect(await found([...failures(3), ...session])).toHaveLength(1);
  });

  it('is not one after a typing mistake or two', async () => {
    expect(await found([...failures(2), ...sshConnection(20, 50_000, { refusals: 3, login: true, data: 50 })])).toEqual([]);
  });

  it('is not one of somebody else, on another server, or eleven minutes later', async () => {
    expect(await found([...failures(5), ...sshConnection(20, 50_000, { client: '192.0.2.7', login: true })])).toEqual([]);
    expect(await found([...failures(5), ...sshConnection(20, 50_000, { server: '10.0.0.21:22', login: true })])).toEqual([]);
    expect(await found([...failures(5), ...sshConnection(700, 50_000, { login: true })])).toEqual([]);
  });

  it('is not yet another failure', async () => {
    expect(await found(failures(20))).toEqual([]);
  });
});
