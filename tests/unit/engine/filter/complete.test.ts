import { expect, test } from 'vitest';
import { completeFilter } from '../../../../src/engine/filter/complete';
import { FIELDS } from './filter-tables';

/** '|' is the cursor. */
function suggest(marked: string): string[] {
  const cursor = marked.indexOf('|');
  return completeFilter(marked.replace('|', ''), cursor, FIELDS).suggestions.map(({ text }) => text);
}

test('names that begin with the word, shortest first', () => {
  expect(suggest('tcp.fl|').slice(0, 2)).toEqual(['tcp.flags', 'tcp.flags.ae']);
  expect(suggest('ip.src == 10.0.0.1 && dns.resp|')).toEqual(['dns.resp.name']);
  expect(suggest('!ip.tt|')).toEqual(['ip.ttl']);
});

test('a part of a name is enough', () => {
  expect(suggest('ttl|')).toEqual(['any.ttl', 'ip.ttl'].sort((a, b) => a.length - b.length));
});

test("names of the packet's flow, with what they are", () => {
  const { suggestions } = completeFilter('flow.', 5, FIELDS);
  expect(suggestions.map(({ text }) => text).sort()).toEqual(['flow.host', 'flow.process', 'flow.service', 'flow.state']);
  expect(suggestions.every(({ title, text }) => title !== '' && title !== text)).toBe(true);
});

test('operators that suit the field', () => {
  expect(suggest('http.host |')).toEqual(['==', '!=', 'contains', 'matches', 'in', '&&', '||']);
  expect(suggest('tcp |')).toEqual(['contains', 'matches', '&&', '||']);
  expect(suggest('tcp.port c|')).toEqual([]);
});

test('known values of the field', () => {
  expect(suggest('tcp.flags.syn == |')).toEqual(['true', 'false']);
  expect(suggest('dns.flags.rcode == no|')).toEqual(['0', '3']);
  expect(suggest('ip.src == 10|')).toEqual([]);
});

test('what joins two tests after a value, and nothing within a text', () => {
  expect(suggest('tcp.port == 80 |')).toEqual(['&&', '||']);
  expect(suggest('http.host == "tcp.|')).toEqual([]);
});

test('says which part of the text a suggestion replaces', () => {
  expect(completeFilter('tcp && ip.sr == 1', 9, FIELDS)).toMatchObject({ start: 7, end: 12 });
});
