import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteFinder, Matches } from '../../../../src/engine/streams/find-bytes';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

function find(pattern: string, pieces: readonly string[], fold = false): number[] {
  const matches = new Matches();
  const finder = new ByteFinder([...bytesOf(pattern)], fold, 0, matches.add);
  let at = 0;
  for (const piece of pieces) {
    finder.add(bytesOf(piece), at);
    at += piece.length;
  }
  return matches.list.map(({ position }) => position);
}

it('finds what begins in one piece and ends in another', () => {
  expect(find('Host:', ['GET / HTTP/1.1\r\nHo', 's', 't: a'])).toEqual([16]);
});

it('finds matches that overlap', () => {
  expect(find('aa', ['aa', 'aa'])).toEqual([0, 1, 2]);
});

it('takes A to Z for a to z only where asked', () => {
  expect(find('host', ['HOST host'], true)).toEqual([0, 5]);
  expect(find('host', ['HOST host'])).toEqual([5]);
});

it('does not look across a gap', () => {
  const matches = new Matches();
  const finder = new ByteFinder([1, 2], false, 1, matches.add);
  finder.add(Uint8Array.of(1), 0);
  finder.interrupt();
  finder.add(Uint8Array.of(2, 1, 2), 2);
  expect(matches.list).toEqual([{ position: 3, sender: 1 }]);
});

it('finds what a search of the whole finds, however it is cut', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(letters, fc.array(letters), (pattern, pieces) => {
      const whole = pieces.join('');
      const expected = [...whole].map((_, at) => at).filter((at) => whole.startsWith(pattern, at));
      expect(find(pattern, pieces)).toEqual(expected);
    }),
  );
});
