import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterLength, characterText, linesOf, partsOf, piecesOf, plainText } from '../../../../../src/renderer/views/stream/lines';
import { marksOf, patternOf } from '../../../../../src/renderer/views/stream/search';
import type { StreamPiece } from '../../../../../src/shared/contract/stream';

/** Pieces drawn as '>text' of the client, '<text' of the server, '<-12' for 12 lost bytes; each in a packet of its own. */
function drawn(...parts: readonly string[]): { pieces: StreamPiece[]; bytes: Uint8Array } {
  const pieces: StreamPiece[] = [];
  const texts: Uint8Array[] = [];
  let position = 0;
  for (const [packet, part] of parts.entries()) {
    const lost = /^.-(\d+)$/.exec(part)?.[1];
    const bytes = new TextEncoder().encode(lost === undefined ? part.slice(1) : '');
    const length = lost === undefined ? bytes.length : Number(lost);
    pieces.push({
      packet,
      sender: part.startsWith('>') ? 0 : 1,
      kind: lost === undefined ? 'data' : 'lost',
      position,
      length,
      loose: false,
    });
    texts.push(bytes);
    position += lost === undefined ? length : 1;
  }
  return { pieces, bytes: Uint8Array.from(texts.flatMap((text) => [...text])) };
}

function shown(format: 'text' | 'hex' | 'raw', columns: number, only: 0 | 1 | null, ...parts: readonly string[]): string[] {
  const { pieces, bytes } = drawn(...parts);
  return linesOf(partsOf(pieces, only, true), bytes, format, columns).map((line) => {
    if (line.kind === 'head') return `${line.run.sender === 0 ? '→' : '←'} ${line.run.packet}-${line.run.lastPacket}`;
    if (line.kind === 'gap') return `[${line.piece.length}]`;
    return plainText([line], bytes, format).trimEnd();
  });
}

describe('lines of a stream', () => {
  it('join packets of one side, and break at line feeds, gaps and the other side', () => {
    expect(shown('text', 80, null, '>GET /\r\nHo', '>st: a\r\n', '<200', '<-7', '<end')).toEqual([
      '→ 0-1',
      'GET /',
      'Host: a',
      '← 2-2',
      '200',
      '[7]',
      '← 4-4',
      'end',
    ]);
  });

  it('leave the other side out', () => {
    expect(shown('text', 80, 1, '>ask', '<an', '>more', '<swer')).toEqual(['← 1-1', 'an', '← 3-3', 'swer']);
  });

  it('are no longer than there is room, in characters', () => {
    expect(shown('text', 4, null, '>grüße!')).toEqual(['→ 0-0', 'grüß', 'e!']);
  });

  it('are bytes in hexadecimal', () => {
    expect(shown('hex', 80, null, `>${'a'.repeat(17)}`)).toEqual(['→ 0-0', Array(16).fill('61').join(' '), '61']);
    expect(shown('raw', 16, null, '>123456789')).toEqual(['→ 0-0', '3132333435363738', '39']);
  });
});

it('characters that do something rather than show something are dots', () => {
  const dots = (bytes: readonly number[]): string => {
    const all = Uint8Array.from(bytes);
    const text = (at: number) => {
      const length = characterLength(all, at, all.length);
      return { text: characterText(all, at, length), length };
    };
    return piecesOf(text, 0, all.length, null)
      .map((piece) => piece.text)
      .join('');
  };
  expect(dots([0x1b, 0x5b, 0x00, 0x7f, 0x9b])).toBe('.[...');
  // Right-to-left override, a surrogate, half a character, beyond Unicode.
  expect(dots([0xe2, 0x80, 0xae])).toBe('.');
  expect(dots([0xed, 0xa0, 0x80])).toBe('.');
  expect(dots([0xc3])).toBe('.');
  expect(dots([0xf4, 0xbf, 0xbf, 0xbf])).toBe('.');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(dots([...bytes]))));
});

describe('a search', () => {
  it('takes text as UTF-8 and bytes in pairs', () => {
    expect(patternOf('ü', false)).toEqual([0xc3, 0xbc]);
    expect(patternOf('0d 0A:ff', true)).toEqual([0x0d, 0x0a, 0xff]);
    expect(patternOf('0d0', true)).toBeNull();
    expect(patternOf('', true)).toEqual([]);
  });

  it('marks its matches, across packets of the other side too', () => {
    const { pieces, bytes } = drawn('>xab', '<--', '>cab');
    const runs = partsOf(pieces, null, true).flatMap((part) => ('run' in part ? [part.run] : []));
    const matches = [
      { position: 1, sender: 0 },
      { position: 6, sender: 0 },
    ] as const;
    expect([...marksOf(runs, bytes.length, matches, 3, 0)].join('')).toBe('02200211');
  });
});
