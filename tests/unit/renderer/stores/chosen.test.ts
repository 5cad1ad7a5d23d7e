import { afterEach, describe, expect, it } from 'vitest';
import {
  chooseFlow,
  choosePacket,
  chosenFlows,
  chosenRanges,
  dropChosenPackets,
  type How,
  useChosen,
} from '../../../../src/renderer/stores/chosen';

const INITIAL = useChosen.getState();
afterEach(() => useChosen.setState(INITIAL, true));

const LIST = '1 4';

/** What is chosen after these steps, each a way and a packet: 'only 5', 'upTo 9'. */
function packetsAfter(...steps: string[]): string {
  let selected: number | null = null;
  for (const step of steps) {
    const [how, packet] = step.split(' ');
    choosePacket(LIST, Number(packet), how as How, selected);
    selected = Number(packet);
  }
  return chosenRanges(useChosen.getState(), LIST)
    .map(([first, last]) => `${first}-${last}`)
    .join(' ');
}

describe('packets that are chosen', () => {
  it.each([
    ['one row is the selected one, no range', ['only 5'], ''],
    ['Shift takes all up to the row, in either direction, from where it began', ['only 5', 'upTo 9', 'upTo 2'], '2-5'],
    ['without anything before, from the selected one on', ['upTo 7'], '7-7'],
    ['Ctrl adds rows and takes them out', ['only 5', 'toggle 8', 'toggle 9', 'toggle 8'], '5-5 9-9'],
    ['a row may be taken out of a range', ['only 2', 'upTo 6', 'toggle 4'], '2-3 5-6'],
    ['Ctrl with an arrow key leaves what is chosen', ['only 2', 'upTo 4', 'keep 5', 'keep 6'], '2-4'],
    ['from there a row can be added', ['only 2', 'keep 3', 'keep 4', 'toggle 4'], '2-2 4-4'],
    ['a plain click begins anew', ['only 2', 'upTo 4', 'only 9'], ''],
  ])('%s', (_, steps, expected) => {
    expect(packetsAfter(...steps)).toBe(expected);
  });

  it('belong to one list', () => {
    packetsAfter('only 2', 'upTo 4');
    expect(chosenRanges(useChosen.getState(), '1 5')).toEqual([]);
    choosePacket('1 5', 7, 'toggle', null);
    expect(chosenRanges(useChosen.getState(), '1 5')).toEqual([[7, 7]]);
    dropChosenPackets();
    expect(chosenRanges(useChosen.getState(), '1 5')).toEqual([]);
  });
});

it('flows are chosen as the list has them', () => {
  chooseFlow(LIST, 30, 'only', null, []);
  chooseFlow(LIST, 12, 'upTo', 30, [30, 4, 12]);
  chooseFlow(LIST, 4, 'toggle', 12, []);
  chooseFlow(LIST, 99, 'toggle', 4, []);
  expect([...chosenFlows(useChosen.getState(), LIST)]).toEqual([30, 12, 99]);
  expect(chosenFlows(useChosen.getState(), 'another').size).toBe(0);
});
