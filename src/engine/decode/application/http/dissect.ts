import type { Dissection } from '../../tree/dissection';

export function dissectHttp(_dissection: Dissection, _start: number, _end: number): void {}

export function dissectSsdp(_dissection: Dissection, _start: number, _end: number): void {}
