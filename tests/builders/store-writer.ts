import { writeSync } from 'node:fs';
import { openStore } from '../../src/engine/store/open-store';
import { facts, flowRows, rollup, rollupRows, storedAlert, storedFlow } from './store';

/**
 * A program that is killed: writes to the store at argv[2] until then. Says on standard output which capture it made ('capture ID'), and of each
 * round of writes when it was promised to be kept ('kept N').
 */
const say = (line: string): unknown => writeSync(1, `${line}\n`);
const TEN_DAYS = 10 * 86_400_000;

const opened = await openStore(process.argv[2] ?? '');
if (!opened.ok || opened.value.problems.length > 0) {
  say(`problem ${JSON.stringify(opened)}`);
  process.exit(1);
}
const store = opened.value;
// Old enough for the sweep to move its minutes.
const at = Date.now() - TEN_DAYS;
const capture = await store.captureOpened(null, facts({ path: 'killed' }), at);
if (!capture.ok) throw new Error(capture.problem.sentence);
const recording = capture.value;
const { captureId } = recording;
say(`capture ${captureId}`);

async function round(n: number): Promise<void> {
  const key = `alert ${n}`;
  const answers = await Promise.all([
    store.saveAlerts(captureId, [storedAlert({ key })]),
    store.handle(captureId, [key], 'acknowledged', `note ${n}`, n),
    store.setSetting(`capture ${captureId}`, String(n)),
    store.addRollups(recording, rollupRows(rollup({ bucket: at / 1000, packets: 1 }))),
    store.saveFlows(recording, flowRows(...Array.from({ length: 20 }, (_, index) => storedFlow({ index: n * 20 + index })))),
  ]);
  const failed = answers.find((answer) => !answer.ok);
  if (failed) say(`problem ${JSON.stringify(failed)}`);
  else say(`kept ${n}`);
}

/** Rounds under way: fewer calls than the store refuses. */
const MAX_ROUNDS = 30;
let rounds = 0;
for (let n = 0; ; n++) {
  rounds++;
  void round(n).finally(() => rounds--);
  if (n % 20 === 10) void store.sweep(Date.now());
  do await new Promise((resolve) => setTimeout(resolve, 12));
  while (rounds >= MAX_ROUNDS);
}
