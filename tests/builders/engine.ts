import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, type EngineParts } from '../../src/engine/engine';
import type { EngineCalls, EngineTopics, Tick } from '../../src/shared/contract/engine';
import { RpcClient } from '../../src/shared/rpc/client';
import { memoryPair } from '../../src/shared/rpc/memory-pair';

/** An engine with a window's client at the other end of its wire, and a folder for the captures that it opens. */
export class EngineBench {
  readonly engine: Engine;
  readonly client: RpcClient<EngineCalls, EngineTopics>;
  readonly folder: string;

  private constructor(folder: string, parts: EngineParts) {
    this.engine = new Engine(parts);
    const [engineEnd, windowEnd] = memoryPair();
    this.folder = folder;
    this.engine.connect(engineEnd);
    this.client = new RpcClient(windowEnd);
  }

  static async start(parts: EngineParts = {}): Promise<EngineBench> {
    return new EngineBench(await mkdtemp(join(tmpdir(), 'portlight-engine-')), parts);
  }

  async close(): Promise<void> {
    await this.engine.dispose();
    await rm(this.folder, { recursive: true });
  }

  async file(name: string, bytes: Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, bytes);
    return path;
  }

  /** Opens these bytes as a file and waits until they are read. */
  async openBytes(bytes: Uint8Array, name = 'capture.pcap'): Promise<Tick> {
    const { id } = await this.client.call('session.open', { path: await this.file(name, bytes) });
    return this.until((tick) => tick.session?.id === id && tick.load.state === 'done');
  }

  /** Sets the filter and waits until it was looked for in every packet. */
  async filter(text: string, range: Tick['filter']['range'] = null): Promise<Tick> {
    const answer = await this.client.call('filter.set', { text, range });
    if (!answer.ok) throw new Error(answer.problem.sentence);
    return this.until(({ filter }) => filter.id === answer.filterId && !filter.scanning);
  }

  /** The first tick for which this holds. */
  until(condition: (tick: Tick) => boolean): Promise<Tick> {
    return new Promise((resolve) => {
      const stop = this.client.subscribe('tick', (tick) => {
        if (!condition(tick)) return;
        stop();
        resolve(tick);
      });
    });
  }
}

/** The capture with all of its records so many times over. */
export function repeated(pcap: Uint8Array, times: number): Uint8Array {
  const header = 24;
  const records = pcap.subarray(header);
  return new Uint8Array(Buffer.concat([pcap.subarray(0, header), ...Array.from({ length: times }, () => records)]));
}
