import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeFilter } from '../../../../src/engine/filter/complete';
import { compileFilter } from '../../../../src/engine/filter/display-filter';
import { FIELDS, Rows } from './filter-tables';

const rows = new Rows().add('10.0.0.1:1 > 10.0.0.2:80', { serverName: 'a' }).add('10.0.0.1:1 > 10.0.0.2:22', { protocol: 'SSHv2' });

function problem(text: string): string {
  const result = compileFilter(text, FIELDS, rows.tables);
  if (result.ok) return 'fine';
  const { start, end, sentence, next = '' } = result.problem;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)} ${sentence} ${next}`.trim();
}

test.each([
  ['ip.scr == 10.0.0.1', '[ip.scr] == 10.0.0.1 There is no field or protocol "ip.scr". (column 1) Did you mean ip.src?'],
  ['tcp && htpp', 'tcp && [htpp] There is no field or protocol "htpp". (column 8)'],
  ['ip.src == 10.0.0', 'ip.src == [10.0.0] "10.0.0" is not an address. (column 11)'],
  ['ip.src == 10.0.0.0/33', 'ip.src == [10.0.0.0/33] "10.0.0.0/33" is not an address. (column 11)'],
  ['ip.src == fe80::1', 'ip.src == [fe80::1] "fe80::1" is not an IPv4 address, which ip.src is. (column 11)'],
  ['tcp.port == http', 'tcp.port == [http] "http" is not a whole number.'],
  ['tcp.port == 080', 'tcp.port == [080] "080" is not a number: a leading 0 means octal.'],
  ['tcp.port in {80, x}', 'tcp.port in {80, [x]} "x" is not a whole number.'],
  ['frame.time == "yesterday"', 'frame.time == ["yesterday"] "yesterday" is not a time.'],
  ['frame.time == "2026-02-31"', 'frame.time == ["2026-02-31"] "2026-02-31" is not a time.'],
  ['tcp == 5', '[tcp == 5] "tcp" is a protocol or a mark without a value'],
  ['ip.src contains "1"', '[ip.src contains "1"] "contains" looks into texts and bytes, and ip.src is neither.'],
  ['http.host matches "a("', 'http.host matches ["a("] This regular expression is wrong: missing closing )'],
  ['http.host matches "(?=a)"', 'http.host matches ["(?=a)"] This regular expression is wrong'],
  ['eth.src[0:3] == 1', 'eth.src[[]0:3] == 1 Slices such as eth.src[0:3] are not supported yet'],
  ['1 < tcp.port < 5', '1 < tcp.port [<] 5 Comparisons cannot be chained'],
  ['tcp.port = 5', 'tcp.port [=] 5 One "=" is no operator'],
  ['tcp.port ==', 'tcp.port ==[] The filter is not complete: a field or value is expected at its end.'],
  ['tcp.port == && udp', 'tcp.port == [&]& udp A field or value is expected here.'],
  ['(tcp || udp', '(tcp || udp[] A "(" is not closed by ")".'],
  ['tcp)', 'tcp[)] There is no "(" for this ")".'],
  ['tcp udp', 'tcp [udp] An operator such as "==", "&&" or "||" is missing before this.'],
  ['http.host == "a', 'http.host == "a[] This text is not closed by a quotation mark.'],
  ['ip.src == tcp.port', '[ip.src == tcp.port] ip.src and tcp.port cannot be compared.'],
  ['foo(tcp.port) == 1', '[foo(tcp.port)] == 1 There is no function "foo".'],
  ['len(http.host)', '[len(http.host)] len() gives a value'],
  ['"tcp"', '["tcp"] A text alone is no test'],
  ['5 == 5', '[5] == 5 There is no field or protocol "5".'],
])('%s', (text, expected) => {
  expect(problem(text).startsWith(expected), problem(text)).toBe(true);
});

test('length and nesting are bounded, each with a sentence', () => {
  expect(problem(`${'('.repeat(51)}tcp${')'.repeat(51)}`)).toContain('nests more than 50 parentheses');
  expect(problem(`${'('.repeat(50)}tcp${')'.repeat(50)}`)).toBe('fine');
  expect(problem(`tcp${' || tcp'.repeat(2000)}`)).toContain('longer than 10,000 characters');
  expect(problem(`${'!'.repeat(9000)}tcp`)).toBe('fine');
  expect(problem(`tcp${' || tcp'.repeat(1400)}`)).toBe('fine');
  expect(problem(`http.host matches "${'a'.repeat(1001)}"`)).toContain('longer than 1000 characters');
});

describe('whatever is typed', () => {
  const piece = fc.constantFrom(
    ...[
      'tcp',
      'ip.src',
      'dns.qry.name',
      'frame.time',
      'len(',
      'count(',
      '(',
      ')',
      '{',
      '}',
      '==',
      '!=',
      '~',
      'in',
      'not',
      '&&',
      '||',
      'xor',
      '&',
      '..',
    ],
    ...[
      'contains',
      'matches',
      '10.0.0.0/8',
      'fe80::1',
      '80',
      '0x',
      '-1',
      '"a\\',
      '"',
      "'x'",
      'r"\\d"',
      '[',
      ',',
      '\u0000',
      '€',
      '1e9',
      '2026-01-02',
    ],
  );

  test('gives a filter that runs, or a problem within the text', async () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const result = compileFilter(text, FIELDS, rows.tables);
        if (result.ok) await rows.find(text);
        else
          expect([result.problem.start >= 0, result.problem.start <= result.problem.end, result.problem.end <= text.length]).toEqual([
            true,
            true,
            true,
          ]);
      }),
      { numRuns: 3000 },
    );
  });

  test('can be completed', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(80), (pieces, at) => {
        const text = pieces.join(' ');
        const { start, end } = completeFilter(text, Math.min(at, text.length), FIELDS);
        expect(start <= end && end <= text.length).toBe(true);
      }),
    );
  });
});
