import type { Plugin } from 'vite';

export function peggyPlugin(): Plugin;
