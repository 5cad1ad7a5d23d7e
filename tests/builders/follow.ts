import { execFile } from 'node:child_process';
import type { EngineCalls, EngineTopics } from '../../src/shared/contract/engine';
import type { StreamState } from '../../src/shared/contract/stream';
import type { RpcClient } from '../../src/shared/rpc/client';

type Client = RpcClient<EngineCalls, EngineTopics>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * A stream as lines: '>' or '<' for who sent it, the client's being '>', then bytes in hexadecimal. What is lost is the text that tshark puts
 * in its place; what the capture cut and what nobody acknowledged is not there, as in tshark.
 */
export async function followed(client: Client, flow: number): Promise<{ readonly lines: string[]; readonly state: StreamState }> {
  const lines: string[] = [];
  let last = -1;
  for (let from = 0; ; ) {
    const { state, pieces, bytes } = await client.call('stream.follow', { flow, from, count: 1 << 20 });
    if (!state.done) continue;
    let at = 0;
    for (const { kind, sender, length, loose, packet, position } of pieces) {
      const data = kind === 'data' ? bytes.subarray(at, at + length) : null;
      at += data?.length ?? 0;
      if (loose || kind === 'cut') continue;
      const text = data ?? Buffer.from(`[${length} bytes missing in capture file]\0`);
      // A window may end within a packet.
      if (data && packet === last && position === from) lines.push(`${lines.pop()}${hex(data)}`);
      else lines.push(`${sender === 0 ? '>' : '<'}${hex(text)}`);
      last = data ? packet : -1;
    }
    from += 1 << 20;
    if (from >= state.size) return { lines, state };
  }
}

/** The same of many of a capture's streams as tshark has them. '>' is whoever sent the first packet; `first` is that one. */
export async function tsharkFollows(
  path: string,
  protocol: 'tcp' | 'udp',
  numbers: readonly number[],
): Promise<Map<number, { readonly first: string; readonly lines: string[] }>> {
  const taps = numbers.flatMap((number) => ['-z', `follow,${protocol},raw,${number}`]);
  const output = await new Promise<string>((resolve) => {
    // tshark fails after what it could read of a damaged file; that much is what we want.
    execFile('tshark', ['-n', '-r', path, '-q', ...taps], { maxBuffer: 2 ** 30 }, (_error, stdout) => resolve(stdout));
  });
  const streams = new Map<number, { first: string; lines: string[] }>();
  for (const block of output.split(/^={60,}$/m)) {
    const [, number] = /^Filter: \w+\.stream eq (\d+)$/m.exec(block) ?? [];
    const [, first = ''] = /^Node 0: (.*)$/m.exec(block) ?? [];
    if (number === undefined) continue;
    const body = block.slice(block.indexOf('\n', block.indexOf('Node 1:')) + 1);
    const lines = body.split('\n').filter((line) => line !== '');
    streams.set(Number(number), { first, lines: lines.map((line) => (line.startsWith('\t') ? `<${line.slice(1)}` : `>${line}`)) });
  }
  return streams;
}

/** The same stream seen from the other end. */
export const turned = (lines: readonly string[]): string[] => lines.map((line) => (line.startsWith('>') ? '<' : '>') + line.slice(1));
