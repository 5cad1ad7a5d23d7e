import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endText, noticeText } from '../../../../src/main/notifications/notice-text';
import { alertNotice } from '../../../builders/notices';

describe('the text of a notification', () => {
  it('says what, who, to whom, and in which capture', () => {
    expect(noticeText(alertNotice({ targetPort: 22, count: 1200 }))).toEqual({
      title: 'High: Port scan',
      body: '203.0.113.9 to 10.0.0.4, port 22, 1,200 times (scan.pcap)',
    });
    expect(noticeText(alertNotice({ sourceIp: '', count: 1, capture: '' })).body).toBe('several sources to 10.0.0.4');
  });

  it('sums up', () => {
    expect(noticeText({ kind: 'summary', count: 14, severity: 'critical', reason: 'many' }).title).toBe('And 14 more alerts');
    expect(noticeText({ kind: 'summary', count: 1, severity: 'low', reason: 'quiet' })).toEqual({
      title: 'And 1 more alert',
      body: 'They came in the quiet hours. The highest is low.',
    });
  });

  it('says which capture ended', () => {
    expect(endText('<b>eth0\u202e').title).toBe('The capture of _b_eth0  ended');
    expect([...endText('x'.repeat(255)).title].length).toBeLessThanOrEqual(100);
  });

  it('has no markup, no line ends and nothing that turns it around, whatever the file is called, and is short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const { title, body } = noticeText(alertNotice({ capture: `<b>&${name}\u202e` }));
        expect(`${title}${body}`).not.toMatch(/[<>&\p{C}]/u);
        expect([...title].length).toBeLessThanOrEqual(100);
        expect([...body].length).toBeLessThanOrEqual(300);
      }),
    );
  });
});
