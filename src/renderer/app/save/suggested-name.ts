import type { SessionInfo } from '../../../shared/contract/engine';

const LONGEST = 100;

type Named = Pick<SessionInfo, 'kind' | 'name' | 'path'>;

/** A name for a file of the session's packets, such as 'eth0 2026-11-21 164005.pcapng'. */
export function suggestedName(session: Named, scope: 'all' | 'shown'): string {
  const isFile = session.kind === 'file' || session.kind === 'replay';
  return nameOfExport(session, scope === 'shown' ? 'filtered' : isFile ? 'copy' : '', 'pcapng');
}

/** 'office flows.csv': of the session and of what is in the file. Whatever a source is called, it names no folder. */
export function nameOfExport({ kind, name, path }: Named, what: string, extension: string): string {
  const isFile = kind === 'file' || kind === 'replay';
  // What has no file has a title with its time.
  const title = isFile ? name.replace(/\.(gz|zst)$/i, '').replace(/\.[^.]*$/, '') : path;
  const plain = title
    .replaceAll(/[:,]/g, '')
    .replaceAll(/[^\p{L}\p{N} ._@-]+/gu, '-')
    .replace(/^[. -]+/, '')
    .slice(0, LONGEST)
    .trim();
  return `${plain === '' ? 'capture' : plain}${what === '' ? '' : ` ${what}`}.${extension}`;
}
