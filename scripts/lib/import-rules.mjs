/**
 * Which folder may import from which. The longest `folder` that holds a file gives its rule; a folder may always import from itself.
 * `from` and `notFrom` list folders below `src`, `packages` and `notPackages` what comes from npm and Node (`x/*` and `node:*` match by
 * beginning). Without `packages` every package may be used. `apart` keeps the subfolders from importing each other.
 */
export const IMPORT_RULES = [
  // Foundations
  { folder: 'shared/base', from: [], packages: [] },
  { folder: 'shared/model', from: ['shared/base'], packages: [] },
  { folder: 'shared/rpc', from: ['shared/base', 'shared/model', 'shared/contract'], packages: ['zod'] },
  { folder: 'shared/contract', from: ['shared/base', 'shared/model'], packages: ['zod'] },
  // Engine: bytes become columns, columns become everything else
  { folder: 'engine/decode', from: ['shared/base', 'shared/model'], packages: ['node:crypto', 'node:zlib'] },
  { folder: 'engine/columns', from: ['shared/base', 'shared/model'], packages: [] },
  { folder: 'engine/sources', from: ['shared/base', 'shared/model'], packages: ['node:*', 'fzstd', 'ssh2', 'ssh-config'] },
  { folder: 'engine/sinks', from: ['shared/base', 'shared/model', 'engine/sources'], packages: ['node:*'] },
  { folder: 'engine/flows', from: ['shared/base', 'shared/model', 'engine/columns'], packages: [] },
  { folder: 'engine/stats', from: ['shared/base', 'shared/model', 'engine/columns'], packages: [] },
  {
    folder: 'engine/detectors',
    from: ['shared/base', 'shared/model', 'engine/columns', 'engine/flows', 'engine/stats'],
    packages: ['ipaddr.js'],
  },
  { folder: 'engine/filter', from: ['shared/base', 'shared/model', 'shared/contract', 'engine/columns', 'engine/decode', 'engine/flows'] },
  { folder: 'engine', from: ['shared'], notPackages: ['electron', 'react'] },
  { folder: 'engine/index.ts', from: ['shared', 'engine'] },
  // Programs
  { folder: 'cli', from: ['shared', 'engine'], notFrom: ['engine/index.ts'], notPackages: ['electron', 'react'] },
  { folder: 'main', from: ['shared/base', 'shared/contract'] },
  { folder: 'preload', from: ['shared/contract'], packages: ['electron'] },
  // Window
  { folder: 'renderer', from: ['shared'], notPackages: ['electron', 'node:*'] },
  { folder: 'renderer/client', from: ['shared'], notPackages: ['electron', 'node:*', 'react', '@mantine/*'] },
  {
    folder: 'renderer/texts',
    from: ['shared/base', 'shared/model', 'shared/contract'],
    notPackages: ['electron', 'node:*', 'react', '@mantine/*'],
  },
  { folder: 'renderer/stores', from: ['shared', 'renderer/client', 'renderer/theme'], notPackages: ['electron', 'node:*', '@mantine/*'] },
  { folder: 'renderer/theme', from: ['shared/base', 'shared/model'], notPackages: ['electron', 'node:*'] },
  {
    folder: 'renderer/widgets',
    from: ['shared/base', 'shared/model', 'renderer/theme', 'renderer/texts'],
    notPackages: ['electron', 'node:*', 'zustand'],
  },
  {
    folder: 'renderer/values',
    from: ['renderer/stores', 'renderer/texts', 'renderer/widgets'],
    notPackages: ['electron', 'node:*'],
  },
  {
    folder: 'renderer/views',
    from: ['shared', 'renderer/client', 'renderer/stores', 'renderer/texts', 'renderer/theme', 'renderer/values', 'renderer/widgets'],
    notPackages: ['electron', 'node:*'],
    apart: true,
  },
];
