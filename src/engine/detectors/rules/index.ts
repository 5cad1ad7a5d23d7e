import type { Rule } from '../rule';

/** Every rule, parents before what they absorb. */
export const RULES: readonly Rule[] = [];
