import { watchOfDemo } from '../engine/live/demo-watch';
import { DemoCapture } from '../engine/sources/demo/demo-capture';
import { watchOptions } from '../engine/watch';
import { type LiveOptions, runLive } from './live';
import { complain, Exit } from './output';

/** Generated traffic until it is stopped; gives the exit status. `namesMore`: something to capture was named too. */
export async function runDemo(namesMore: boolean, run: LiveOptions): Promise<number> {
  if (!namesMore) return await runLive(new DemoCapture(), { ...run, watch: watchOfDemo(watchOptions()) });
  complain({
    code: 'demo-captures-nothing',
    sentence: '--demo generates traffic and captures nothing: it goes with no interface, no server and no capture filter.',
  });
  return Exit.Usage;
}
