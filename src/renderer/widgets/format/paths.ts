/** The last part of a path of any system. */
export const nameOf = (path: string): string => path.split(/[\\/]/).pop() || path;

/** What is before it. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.length - nameOf(path).length - 1));

/** A place in a file system, and not the name of something else that was captured. */
export const isPath = (text: string): boolean => /^(?:[\\/]|[a-z]:[\\/])/i.test(text);
