export function median(values: readonly number[]): number;
export function quantile(values: readonly number[], share: number): number;
export function round(value: number, digits?: number): number;
export function longestBlock<T>(task: () => Promise<T>): Promise<{ readonly result: T; readonly longest: number }>;
