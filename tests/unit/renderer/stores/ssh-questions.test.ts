import { describe, expect, it } from 'vitest';
import { withAnswer, withWord } from '../../../../src/renderer/stores/ssh-questions';
import type { SshAsked } from '../../../../src/shared/contract/ssh';

const question = (id: number, attempt = 0): SshAsked => ({
  id,
  question: { kind: 'password', user: 'root', host: 'example.org', attempt },
  keeping: 'session',
});
const nothing = { asked: null, answered: 0 };

describe('questions of servers', () => {
  it('are asked until the engine says that they are over', () => {
    const asking = withWord(nothing, question(1));
    expect(asking.asked?.id).toBe(1);
    expect(withWord(asking, null).asked).toBeNull();
  });

  it('are asked once: word of one that was answered may still be on its way', () => {
    const answered = withAnswer(withWord(nothing, question(1)));
    expect(answered.asked).toBeNull();
    expect(withWord(answered, question(1)).asked).toBeNull();
    expect(withWord(answered, question(2, 1)).asked).toMatchObject({ id: 2, question: { attempt: 1 } });
  });

  it('give way to the next when they are given up elsewhere', () => {
    expect(withWord(withWord(nothing, question(1)), question(2)).asked?.id).toBe(2);
  });

  it('that are over are answered by nobody', () => {
    expect(withAnswer(nothing)).toEqual(nothing);
  });
});
