import type { RecentSource } from '../../shared/contract/sources';
import { texts } from '../texts';
import { startCapture, startServerCapture } from './live';
import { folderOf, nameOf, openPath } from './session';

export interface RecentEntry {
  readonly key: string;
  readonly name: string;
  /** Where it is, or what of it is captured. */
  readonly detail: string;
  /** What opening it is called in the palette. */
  readonly command: string;
  open(): void;
}

/** A source that was used, as lists show it. */
export function recentEntry(source: RecentSource): RecentEntry {
  switch (source.kind) {
    case 'file':
      return {
        key: source.path,
        name: nameOf(source.path),
        detail: folderOf(source.path),
        command: texts.frame.commands.recent(nameOf(source.path)),
        open: () => void openPath(source.path),
      };
    case 'interface':
      return {
        key: `${source.interface} ${source.filter}`,
        name: source.interface,
        detail: source.filter === '' ? texts.sources.everything : texts.sources.filtered(source.filter),
        command: texts.sources.commands.recent(source.interface),
        open: () => void startCapture(source),
      };
    case 'ssh':
      return {
        key: `${source.target} ${source.interface} ${source.filter}`,
        name: source.target,
        detail: [source.interface, source.filter === '' ? texts.sources.everything : texts.sources.filtered(source.filter)]
          .filter((part) => part !== null)
          .join(', '),
        command: texts.ssh.commands.recent(source.target),
        open: () => void startServerCapture(source),
      };
  }
}
