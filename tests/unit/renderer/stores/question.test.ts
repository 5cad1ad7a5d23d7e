import { afterEach, describe, expect, it } from 'vitest';
import { useFilter } from '../../../../src/renderer/stores/filter';
import { Question, type Scope } from '../../../../src/renderer/stores/question';
import { useSession } from '../../../../src/renderer/stores/session';
import { ProblemError } from '../../../../src/shared/base/result';
import type { Tick } from '../../../../src/shared/contract/engine';

const openSession = (id: number): void => useSession.setState({ tick: { session: { id } } as Tick });
const showEverything = (id: number): void => useFilter.setState({ text: '', range: null, id });
const showFilter = (text: string, id: number): void => useFilter.setState({ text, range: null, id });

afterEach(() => {
  useSession.setState({ tick: null });
  showEverything(0);
});

const counting = () => {
  const asked: Scope[] = [];
  return { asked, question: new Question(async (scope) => ({ scope, number: asked.push(scope) })) };
};

describe('the kept answers to a question', () => {
  it('are those of everything and of the newest filter', async () => {
    const { question } = counting();
    openSession(1);
    showEverything(1);
    expect(question.kept).toBeNull();
    const whole = await question.ask();
    showFilter('dns', 2);
    expect(question.kept).toBeNull();
    await question.ask();
    expect(question.kept?.value).toEqual({ scope: 'shown', number: 2 });
    showEverything(3);
    expect(question.kept).toBe(whole);
    showFilter('tcp', 4);
    expect(question.kept, 'of another filter').toBeNull();
  });

  it('are not those of another time range or another session', async () => {
    const { question } = counting();
    openSession(1);
    useFilter.setState({ text: 'dns', range: { from: 0, to: 5 }, id: 2 });
    await question.ask();
    expect(question.kept).not.toBeNull();
    useFilter.setState({ range: { from: 0, to: 6 }, id: 3 });
    expect(question.kept).toBeNull();
    useFilter.setState({ range: { from: 0, to: 5 }, id: 2 });
    openSession(2);
    expect(question.kept).toBeNull();
  });

  it('are not those to something else that was asked with', async () => {
    let grouping = 'subnet';
    const question = new Question(
      async () => grouping,
      () => grouping,
    );
    openSession(1);
    await question.ask();
    grouping = 'country';
    expect(question.kept).toBeNull();
    expect((await question.ask()).value).toBe('country');
  });

  it('stay the same object while the engine says the same, so that nothing is drawn anew', async () => {
    let packets = 1;
    const question = new Question(async () => ({ packets, rows: [1, 2] }));
    openSession(1);
    const { value } = await question.ask();
    expect((await question.ask()).value).toBe(value);
    packets = 2;
    expect((await question.ask()).value).toEqual({ packets: 2, rows: [1, 2] });
  });

  it('outlast what was given up or failed', async () => {
    let code = '';
    const question = new Question(async () => {
      if (code) throw new ProblemError({ code, sentence: 'No.' });
      return 1;
    });
    openSession(1);
    await question.ask();
    code = 'cancelled';
    expect(await question.ask()).toMatchObject({ value: null, problem: null });
    code = 'no-session';
    expect(await question.ask()).toMatchObject({ value: null, problem: { sentence: 'No.' } });
    expect(question.kept?.value).toBe(1);
  });
});
