import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockRules } from '../../../../src/engine/hosts/block-rules';

const ruleOf = (address: string, tool: string) => blockRules(address).find((rule) => rule.tool === tool);

describe('lines that block an address', () => {
  it('are for nftables one transaction on a table of our own, and the undo takes out just this address', () => {
    expect(ruleOf('203.0.113.9', 'nftables')).toMatchObject({
      block: [
        "sudo nft -f - <<'END'",
        'add table inet portlight',
        'add set inet portlight blocked_ipv4 { type ipv4_addr; }',
        'add set inet portlight blocked_ipv6 { type ipv6_addr; }',
        'add chain inet portlight blocked { type filter hook prerouting priority -300; }',
        'flush chain inet portlight blocked',
        'add rule inet portlight blocked ip saddr @blocked_ipv4 drop',
        'add rule inet portlight blocked ip6 saddr @blocked_ipv6 drop',
        'add element inet portlight blocked_ipv4 { 203.0.113.9 }',
        'END',
      ].join('\n'),
      undo: "sudo nft 'delete element inet portlight blocked_ipv4 { 203.0.113.9 }'",
    });
    const six = ruleOf('2001:db8::9', 'nftables');
    expect(six?.block).toContain('\nadd element inet portlight blocked_ipv6 { 2001:db8::9 }\n');
    expect(six?.undo).toBe("sudo nft 'delete element inet portlight blocked_ipv6 { 2001:db8::9 }'");
  });

  it.each(['203.0.113.9', '2001:db8::9'])('are for ufw and fail2ban the same for both families: %s', (address) => {
    expect(ruleOf(address, 'ufw')).toMatchObject({
      block: `sudo ufw prepend deny from ${address}`,
      undo: `sudo ufw delete deny from ${address}`,
    });
    expect(ruleOf(address, 'fail2ban')).toMatchObject({
      block: `sudo fail2ban-client set sshd banip ${address}`,
      undo: `sudo fail2ban-client set sshd unbanip ${address}`,
    });
  });

  it.each([
    '',
    '10.0.0.1; reboot',
    '$(reboot)',
    '10.0.0.1\n',
    '10.0.0.0/8',
    'fe80::1%eth0',
    'fe80::1%$(reboot)',
    'example.org',
    '127.1',
    '0x7f.1',
  ])('are not made of %j', (text) => {
    expect(blockRules(text)).toEqual([]);
  });

  it('hold nothing of the address but digits, letters, dots and colons', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const rules = blockRules(text);
        if (rules.length > 0) expect(text).toMatch(/^[0-9a-fA-F:.]+$/);
      }),
    );
  });
});
