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
`;
}
