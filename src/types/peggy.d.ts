/** A grammar, compiled by `scripts/lib/peggy-plugin.mjs`. */
declare module '*.peggy' {
  /** Throws an error with `message`, `location` and `expected` (see Peggy's `SyntaxError`) where the input does not fit the grammar. */
  export function parse(input: string, options?: { readonly startRule?: string }): unknown;
}
