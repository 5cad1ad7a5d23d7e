/** A word for a POSIX shell that stands for exactly `text` (POSIX.1-2017 XCU 2.2.2). NUL cannot be in a word and is left out. */
export const shellQuote = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;

/** For what a person pastes: quoted only where it must be. */
export const pasteWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text));
