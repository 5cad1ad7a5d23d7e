import type { Dissection } from '../../tree/dissection';

export function dissectQuic(_dissection: Dissection, _start: number, _end: number): void {}

export function dissectGoogleQuic(_dissection: Dissection, _start: number, _end: number): void {}
