import { describe, expect, it } from 'vitest';
import { suggestedName } from '../../../../src/renderer/app/save/suggested-name';

const captured = (name: string) => ({ kind: 'interface', name, path: `${name}, 2026-11-21 16:40:05` }) as const;

describe('the name that is suggested for saved packets', () => {
  it('is that of the interface and the time when it began', () => {
    expect(suggestedName(captured('eth0'), 'all')).toBe('eth0 2026-11-21 164005.pcapng');
    expect(suggestedName(captured('eth0'), 'shown')).toBe('eth0 2026-11-21 164005 filtered.pcapng');
  });

  it('is that of the file, never the file itself', () => {
    const file = { kind: 'file', name: 'office.pcap.gz', path: '/captures/office.pcap.gz' } as const;
    expect(suggestedName(file, 'all')).toBe('office copy.pcapng');
    expect(suggestedName(file, 'shown')).toBe('office filtered.pcapng');
  });

  it.each(['../../etc/passwd', '\\\\server\\share', '/', '...', 'a\0b\nc', '\u202Egnp.exe', 'x'.repeat(5000)])(
    'names no folder and hides nothing: %j',
    (name) => {
      const suggested = suggestedName(captured(name), 'all');
      expect(suggested).toMatch(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]*\.pcapng$/u);
      expect(suggested.length).toBeLessThan(256);
    },
  );
});
