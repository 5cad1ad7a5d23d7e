/** Loaded when the first connection is made: most starts of the program never need it. */
export async function loadSsh2(): Promise<typeof import('ssh2')> {
  return (await import('ssh2')).default;
}
