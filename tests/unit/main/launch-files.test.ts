import { describe, expect, it } from 'vitest';
import { filesFromArguments, LaunchFiles } from '../../../src/main/launch-files';

describe('filesFromArguments', () => {
  it('leaves out the program, its switches and, in a development start, the application', () => {
    const packaged = ['/opt/portlight', '--no-sandbox', 'a.pcap', '/captures/b.pcapng'];
    expect(filesFromArguments(packaged, '/home/me', false)).toEqual(['/home/me/a.pcap', '/captures/b.pcapng']);
    const development = ['/electron', '--inspect=0', '--no-sandbox', '/checkout', 'a.pcap'];
    expect(filesFromArguments(development, '/home/me', true)).toEqual(['/home/me/a.pcap']);
    expect(filesFromArguments(['/electron', '/checkout'], '/home/me', true)).toEqual([]);
  });
});

describe('LaunchFiles', () => {
  it('holds files until the page asks, hands each out once, then passes new ones on', () => {
    const files = new LaunchFiles();
    const pushed: string[] = [];
    files.add(['/a']);
    files.add(['/b', '/c']);
    expect(files.take((paths) => pushed.push(...paths))).toEqual(['/a', '/b', '/c']);
    files.add(['/d']);
    expect(pushed).toEqual(['/d']);
  });

  it('holds them again while the page loads anew', () => {
    const files = new LaunchFiles();
    const pushed: string[] = [];
    files.take((paths) => pushed.push(...paths));
    files.release();
    files.add(['/late']);
    expect(pushed).toEqual([]);
    expect(files.take(() => undefined)).toEqual(['/late']);
  });
});
