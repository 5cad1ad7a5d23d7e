const ROUND = [1, 2, 2.5, 5, 10];

/** Round values from 0 to the first that is not below `greatest`, at most `count` steps apart. */
export function valueTicks(greatest: number, count = 4): number[] {
  if (!(greatest > 0) || !Number.isFinite(greatest)) return [0, 1];
  const magnitude = 10 ** Math.floor(Math.log10(greatest / count));
  const step = magnitude * (ROUND.find((round) => greatest / (round * magnitude) <= count) ?? 10);
  const steps = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
