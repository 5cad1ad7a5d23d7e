/** Words for times in which packets are missing, on every time axis. */
export const missing = {
  gap: (reason: string, from: string, to: string, length: string) => `Nothing captured from ${from} to ${to} (${length})\n${reason}`,
  gapNow: (reason: string, from: string) => `Nothing captured since ${from}\n${reason}`,
  lost: (count: string, one: boolean, from: string, to: string) =>
    `${count} ${one ? 'packet' : 'packets'} lost ${from === to ? `at ${to}` : `between ${from} and ${to}`}`,
} as const;
