export function makeFlowFlood(size: { readonly perSecond: number; readonly seconds: number }, path: string, seed?: number): void;
export function makeNetwork(size: { readonly hosts: number; readonly pairs: number }, path: string, seed?: number): void;
