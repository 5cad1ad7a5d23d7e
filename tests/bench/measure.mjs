import { performance } from 'node:perf_hooks';

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which `share` of them lie. */
export const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

export const round = (value, digits = 2) => Number(value.toFixed(digits));

/** Runs `task` so many times; its milliseconds, in order. */
export async function times(runs, task) {
  const taken = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await task(i);
    taken.push(performance.now() - start);
  }
  return taken;
}

/** Runs `task` and gives the longest time for which nothing else could run meanwhile, in milliseconds. */
export async function longestBlock(task) {
  let longest = 0;
  let last = performance.now();
  let running = true;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const result = await task();
  running = false;
  look();
  return { result, longest };
}
