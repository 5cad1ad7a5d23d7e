/** How long to wait between attempts to connect again; all in milliseconds. */
export interface BackOff {
  readonly first: number;
  readonly longest: number;
  /** After so long without a connection the capture ends. */
  readonly giveUpAfter: number;
}

export const BACK_OFF: BackOff = { first: 500, longest: 60_000, giveUpAfter: 24 * 3_600_000 };

/** Doubles from attempt to attempt; the upper half is chance, so that many clients do not come back at once. */
export const delayOf = (backOff: BackOff, attempt: number, chance: number = Math.random()): number => {
  const full = Math.min(backOff.longest, backOff.first * 2 ** Math.min(attempt, 30));
  return full / 2 + (full / 2) * chance;
};

/** false: it was cancelled. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const onAbort = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
