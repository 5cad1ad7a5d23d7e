import type { Dissection } from '../../tree/dissection';

export function dissectDns(_dissection: Dissection, _start: number, _end: number): void {}

export function dissectLlmnr(_dissection: Dissection, _start: number, _end: number): void {}

export function dissectMdns(_dissection: Dissection, _start: number, _end: number): void {}
