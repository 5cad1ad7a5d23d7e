import type { PointerEvent } from 'react';

/** Follows a pointer that went down until it is let go; `done` gets false where it was taken away instead. */
export function followPointer(event: PointerEvent<HTMLElement>, move: (x: number) => void, done: (kept: boolean) => void): void {
  const element: HTMLElement = event.currentTarget;
  const ended = new AbortController();
  const { signal } = ended;
  element.setPointerCapture(event.pointerId);
  const finish = (kept: boolean) => (): void => {
    ended.abort();
    done(kept);
  };
  element.addEventListener('pointermove', ({ clientX }) => move(clientX), { signal });
  element.addEventListener('pointerup', finish(true), { signal });
  element.addEventListener('pointercancel', finish(false), { signal });
}
