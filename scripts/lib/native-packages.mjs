/**
 * Packages that stay outside the bundles of engine, main and command line because they load a compiled library from their own folder (ssh2
 * does where it was built; without it ssh2 is plain JavaScript). Everything else is bundled: one file starts much faster than a tree of modules.
 *
 * @type {string[]}
 */
export const NATIVE_PACKAGES = ['better-sqlite3', 'libsql', 'ssh2'];
