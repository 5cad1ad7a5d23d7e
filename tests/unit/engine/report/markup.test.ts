import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, html } from '../../../../src/engine/report/markup';

const HOSTILE = ['<', '>', '"', "'", '`', '&', '/', '=', '!--', 'script', '\u202E', '\u200B', '\0', '\r\n', 'javascript:', '\uD800'];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...HOSTILE)).map((parts) => parts.join('')),
);

describe('a text in a page', () => {
  it('is never markup, in an element or in a quoted attribute', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: page } = html`<p title="${text}">${text}</p>`;
        expect(page.match(/[<>"]/g)?.join('')).toBe('<""><>');
        expect(escaped(text)).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });

  it('hides nothing and turns nothing round: what is not seen is written out', () => {
    fc.assert(fc.property(texts, (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(escaped(text))));
    expect(escaped('gnp\u202Eexe.\u200Bpng')).toBe('gnp\\u202eexe.\\u200bpng');
    expect(escaped('Grüße, 日本 & <b>')).toBe('Grüße, 日本 &amp; &lt;b&gt;');
  });

  it('is cut where it is longer than anybody reads', () => {
    expect(escaped('<'.repeat(1_000_000)).length).toBeLessThan(10_000);
  });

  it('is put together from parts, lists and markup', () => {
    const items = ['<i>', 'b'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${null}${7}`.text).toBe('<ul><li>&lt;i&gt;</li><li>b</li></ul>7');
  });
});
