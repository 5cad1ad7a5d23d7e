import { useSession } from './session';

/** Runs when there are more packets, or more of them are filtered, while the window is seen, and when it is seen again. Gives what ends it. */
export function whenGrown(run: () => void): () => void {
  const ended = useSession.subscribe(({ tick }, { tick: before }) => {
    if (document.hidden) return;
    if (tick?.packets !== before?.packets || tick?.filter.scanned !== before?.filter.scanned) run();
  });
  const onVisible = (): void => {
    if (!document.hidden) run();
  };
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    ended();
    document.removeEventListener('visibilitychange', onVisible);
  };
}
