/** Writes a capture of `count` mixed packets to `path`, the same for the same seed. */
export function makeCapture(count: number, path: string, seed?: number): void;
