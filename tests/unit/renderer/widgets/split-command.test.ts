import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../../../src/renderer/widgets/problem/split-command';

describe('the command of a next step', () => {
  it('stands behind a colon, in a line of its own or not', () => {
    const command = 'sudo chown "root:$(id -gn)" /opt/capture && sudo setcap cap_net_raw=ep /opt/capture';
    expect(splitCommand(`Give it the right:\n${command}`)).toEqual({ text: 'Give it the right:', command, afterwards: '' });
    expect(splitCommand('Switch it on: sudo ip link set eth0 up')).toEqual({
      text: 'Switch it on:',
      command: 'sudo ip link set eth0 up',
      afterwards: '',
    });
  });

  it('is without what has to be done afterwards, which no shell would take', () => {
    expect(splitCommand('Give it the right:\nsudo usermod -aG wireshark "$USER"   (then log in again)')).toEqual({
      text: 'Give it the right:',
      command: 'sudo usermod -aG wireshark "$USER"',
      afterwards: 'then log in again',
    });
  });

  it('is the one that is known, whatever it looks like', () => {
    const command = 'pkg install $& tcpdump';
    expect(splitCommand(`Run this there: ${command}`, command)).toEqual({ text: 'Run this there:', command, afterwards: '' });
  });

  it('may be one of ssh', () => {
    expect(splitCommand("Compare it, then run: ssh-keygen -R 'example.org'").command).toBe("ssh-keygen -R 'example.org'");
  });

  it.each(['Try another interface.', 'Ask who may use sudo here.', ''])('is none in "%s"', (next) => {
    expect(splitCommand(next)).toEqual({ text: next, command: null, afterwards: '' });
  });
});
