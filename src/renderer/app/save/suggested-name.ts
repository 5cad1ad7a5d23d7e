import type { SessionInfo } from '../../../shared/contract/engine';

const LONGEST = 100;

/** A name for a file of the session's packets, such as 'eth0 2026-11-21 164005.pcapng'. Whatever a source is called, it names no folder. */
export function suggestedName({ kind, name, path }: Pick<SessionInfo, 'kind' | 'name' | 'path'>, scope: 'all' | 'shown'): string {
  const isFile = kind === 'file' || kind === 'replay';
  // What has no file has a title with its time.
  const title = isFile ? name.replace(/\.(gz|zst)$/i, '').replace(/\.[^.]*$/, '') : path;
  const plain = title
    .replaceAll(/[:,]/g, '')
    .replaceAll(/[^\p{L}\p{N} ._@-]+/gu, '-')
    .replace(/^[. -]+/, '')
    .slice(0, LONGEST)
    .trim();
  return `${plain === '' ? 'capture' : plain}${scope === 'shown' ? ' filtered' : isFile ? ' copy' : ''}.pcapng`;
}
