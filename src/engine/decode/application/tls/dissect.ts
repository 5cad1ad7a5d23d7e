import type { Dissection } from '../../tree/dissection';

export function dissectTls(_dissection: Dissection, _start: number, _end: number): void {}
