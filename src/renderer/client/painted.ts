/** A hidden window paints nothing; it is told news twice a second. */
const HIDDEN_DELAY_MS = 500;

/** Resolves after the next paint. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, HIDDEN_DELAY_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, 0);
    });
  });
}
