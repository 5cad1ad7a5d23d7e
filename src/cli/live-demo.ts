import { watchOfDemo } from '../engine/live/demo-watch';
import { DemoCapture } from '../engine/sources/demo/demo-capture';
import { watchOptions } from '../engine/watch';
import { type LiveOptions, runLive } from './live';
import { complain, Exit } from './output';

interface Named {
  readonly ssh?: string;
  readonly interface?: string;
  readonly captureFilter: string;
}

/** Generated traffic until it is stopped; gives the exit status. */
export async function runDemo(named: Named, run: LiveOptions): Promise<number> {
  if (named.ssh === undefined && named.interface === undefined && named.captureFilter === '')
    return await runLive(new DemoCapture(), { ...run, watch: watchOfDemo(watchOptions()) });
  complain({
    code: 'demo-captures-nothing',
    sentence: '--demo generates traffic and captures nothing: it goes with no interface, no server and no capture filter.',
  });
  return Exit.Usage;
}
