import type { KeyboardEvent } from 'react';

/** The list with the item at `from` one step further; unchanged where it is at the end. */
export function moved<T>(list: readonly T[], from: number, step: 1 | -1): T[] {
  const next = [...list];
  const to = from + step;
  if (from >= 0 && to >= 0 && to < list.length) next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** Alt with an arrow key moves the line that has the focus. */
export function moveByKey(event: KeyboardEvent, move: (step: 1 | -1) => void): void {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
  if (step === null || !event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  // The line is moved in the page, which takes the focus away from what is in it.
  const { activeElement } = document;
  move(step);
  requestAnimationFrame(() => activeElement instanceof HTMLElement && activeElement.focus());
}
