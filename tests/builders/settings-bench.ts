import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../src/engine/engine';
import { Geo } from '../../src/engine/enrich/geo/geo';
import { UserLists } from '../../src/engine/enrich/lists/user-lists';
import { History } from '../../src/engine/history/history';
import { resourcePath } from '../../src/engine/resources';
import { Settings } from '../../src/engine/settings/settings';
import { openStore } from '../../src/engine/store/open-store';
import type { Store } from '../../src/engine/store/store';
import type { AlertNews } from '../../src/shared/contract/alerts';
import type { EngineCalls, EngineTopics } from '../../src/shared/contract/engine';
import type { AlertRow } from '../../src/shared/model/alerts';
import type { DetectionSettings } from '../../src/shared/model/detection-settings';
import { RpcClient } from '../../src/shared/rpc/client';
import { memoryPair } from '../../src/shared/rpc/memory-pair';

/** An engine that runs, as the window sees it, over a data folder. */
export class SettingsRun {
  readonly client: RpcClient<EngineCalls, EngineTopics>;
  readonly store: Store;
  readonly engine: Engine;

  constructor(engine: Engine, store: Store) {
    const [engineEnd, windowEnd] = memoryPair();
    engine.connect(engineEnd);
    this.engine = engine;
    this.store = store;
    this.client = new RpcClient(windowEnd);
  }

  /** Opens the capture, waits until it was read, and gives its alerts. */
  async alertsOf(path: string): Promise<readonly AlertRow[]> {
    await this.client.call('session.open', { path });
    return this.read();
  }

  /** The alerts of what is open, once it was read. */
  async read(): Promise<readonly AlertRow[]> {
    while (this.engine.tick().load.state !== 'done') await new Promise((resolve) => setTimeout(resolve, 5));
    const query = { severities: [], types: [], statuses: [], source: null, text: '', muted: true };
    return (await this.client.call('alerts.rows', { from: 0, count: 1000, query, sort: 'time', descending: false })).rows;
  }

  /** The first news of the alerts for which this holds. */
  news(condition: (news: AlertNews) => boolean): Promise<AlertNews> {
    return new Promise((resolve) => {
      const stop = this.client.subscribe('alerts', (news) => {
        if (!condition(news)) return;
        stop();
        resolve(news);
      });
    });
  }

  async change(change: (settings: DetectionSettings) => DetectionSettings): Promise<void> {
    const { settings } = await this.client.call('detection.get', {});
    await this.client.call('detection.set', { settings: change(settings) });
  }
}

/** A data folder, and programs that run one after the other on it. */
export class SettingsBench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<SettingsBench> {
    return new SettingsBench(await mkdtemp(join(tmpdir(), 'portlight-settings-')));
  }

  async run<T>(work: (run: SettingsRun) => Promise<T>): Promise<T> {
    const store = await openStore(join(this.folder, 'portlight.sqlite'), { inProcess: 0 });
    if (!store.ok) throw new Error(store.problem.sentence);
    const geo = new Geo();
    const lists = new UserLists(resourcePath('lists'), join(this.folder, 'lists'));
    const settings = new Settings({ store: store.value, geo, lists });
    const { places } = await settings.load();
    await places;
    const engine = new Engine({ history: new History(store.value), geo, settings });
    try {
      return await work(new SettingsRun(engine, store.value));
    } finally {
      await engine.dispose();
    }
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
