import { clearMarks, markShown, startComment, toggleMarks } from '../stores/annotations';
import { findNext, openFind } from '../stores/find';
import { texts } from '../texts';
import { goToMark } from './annotations';
import type { Command } from './commands';

/** Marks, comments and find, for the palette. */
export function annotationCommands(group: string): readonly Command[] {
  const { annotations: words, find } = texts;
  const command = (id: string, label: string, run: () => void, keys?: string): Command => ({
    id,
    label,
    group,
    needsSession: true,
    run,
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    command('find', find.command, openFind, 'Ctrl Shift F'),
    command('find-next', find.commandNext, () => void findNext(false), 'F3'),
    command('find-previous', find.commandPrevious, () => void findNext(true), 'Shift F3'),
    command('mark', words.toggle, toggleMarks, 'Ctrl M'),
    command('mark-shown', words.markShown, () => markShown(true)),
    command('unmark-shown', words.unmarkShown, () => markShown(false)),
    command('unmark-all', words.clear, clearMarks),
    command('next-mark', words.next, () => void goToMark(false), 'Ctrl Shift N'),
    command('previous-mark', words.previous, () => void goToMark(true), 'Ctrl Shift B'),
    command('comment', words.comment, startComment, 'Ctrl Alt C'),
  ];
}
