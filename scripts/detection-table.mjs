// Writes docs/detection.md: what the rules find of real tools. Needs root on Linux and the programs that `npm run setup` installs.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, toolNode } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portlight-table-'));
const file = join(folder, 'rows.jsonl');
try {
  const tests = ['tests/integration/detection-tools.test.ts', 'tests/integration/detection-quiet.test.ts'];
  const args = [at('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'integration', '--no-file-parallelism', ...tests];
  // A row that fails belongs into the table as well.
  await run(toolNode(), args, { env: { ...process.env, PORTLIGHT_DETECTION_ROWS: file } });
  const rows = existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
  writeFileSync(at('docs', 'detection.md'), page(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function page(rows) {
  const attacks = rows.filter(({ tool }) => tool !== 'quiet');
  const quiet = rows.filter(({ tool }) => tool === 'quiet');
  return `# What the rules find

Real tools between network namespaces, recorded by tcpdump at the victim and analysed with the default settings. Counts vary by a few packets
from run to run, since the tools send in no fixed order. Made on ${new Date().toISOString().slice(0, 10)} by
\`node scripts/detection-table.mjs\` (root on Linux); the scenarios are \`tests/rig/attacks.ts\`.

| tool | mode | result | rule | after packets | packets in all |
| --- | --- | --- | --- | --- | --- |
${attacks.map(({ tool, mode, detected, rule, after, packets, reason }) => `| ${tool} | ${mode} | ${reason ? `not run: ${reason}` : detected ? 'detected' : 'missed'} | ${rule} | ${after ?? ''} | ${packets} |`).join('\n')}

"After packets" counts all packets of the recording up to the alert, answers included. Where it equals the packets in all, the alert waited
for answers that never came and was raised at the end.

## What must not be found

| traffic | result | packets |
| --- | --- | --- |
${quiet.map(({ mode, detected, rule, packets }) => `| ${mode} | ${detected ? `false alarm: ${rule}` : 'silent'} | ${packets} |`).join('\n')}

## Known to fire without an attack

- \`traffic_spike\`: a TCP transfer of some hundred kilobytes a second that goes on evenly for more than 30 seconds (downloads) or 3 seconds
  (uploads) after minutes of quiet. A slow package mirror or a backup of a server that is otherwise silent looks like that.
- \`beaconing\`: a program that asks the same server in exactly even steps, harmless or not. Mute it by source and target.
- \`syn_flood\`: a capture in which only one direction was recorded, so that no connection ever completes.
`;
}
