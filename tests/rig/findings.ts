import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Analysis, analyse, type Found } from './analyse';
import { type Attack, recordedAt, type Stage } from './attacks';
import { ADDRESSES } from './network';
import { record } from './recording';

/** A line of `docs/detection.md`, written to the file that `scripts/detection-table.mjs` names. */
export interface Row {
  readonly tool: string;
  readonly mode: string;
  /** Packets of the capture. */
  readonly packets: number;
  /** Null: what must not be found was not. */
  readonly rule: string | null;
  readonly detected: boolean;
  /** Packets of the capture read when it was raised. */
  readonly after: number | null;
  readonly reason?: string;
}

export function note(row: Row): void {
  const file = process.env.PORTLIGHT_DETECTION_ROWS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** For the message of a failed test: every alert as a line. */
const listed = ({ all, packets }: Analysis): string =>
  [
    `${packets} packets`,
    ...all.map((one) => `${one.type} ${one.source} > ${one.target}:${one.port} after ${one.after} (${one.title})`),
  ].join('\n');

function names(found: Found, { attacker = ADDRESSES.outside, victim = ADDRESSES.victim }: Attack): boolean {
  return (attacker === null || found.source === attacker) && (victim === null || found.target === victim);
}

/** Runs the attack for real, and looks whether the rules name it, and nothing else. */
export async function checkAttack(attack: Attack, stage: Stage): Promise<void> {
  const pcap = await record(stage.network, recordedAt(attack), () => attack.run(stage));
  const analysis = await analyse(attack.retime?.(pcap) ?? pcap);
  const { tool, mode, finds, mayFind = [] } = attack;
  const { packets, all } = analysis;
  const hits = finds.map((type) => all.find((found) => found.type === type && names(found, attack)));
  for (const [i, hit] of hits.entries())
    note({ tool, mode, packets, rule: finds[i] ?? null, detected: hit !== undefined, after: hit?.after ?? null });
  expect(hits, `found instead:\n${listed(analysis)}`).not.toContain(undefined);
  const others = all.filter(({ type }) => !finds.includes(type) && !mayFind.includes(type));
  expect(others, `beside what it is:\n${listed(analysis)}`).toEqual([]);
}

/** Ordinary traffic: of all rules only those of `mayFind` may speak. */
export async function checkQuiet(what: string, pcap: Uint8Array, mayFind: readonly string[] = []): Promise<Analysis> {
  const analysis = await analyse(pcap);
  const wrong = analysis.all.filter(({ type }) => !mayFind.includes(type));
  note({
    tool: 'quiet',
    mode: what,
    packets: analysis.packets,
    rule: wrong[0]?.type ?? null,
    detected: wrong.length > 0,
    after: wrong[0]?.after ?? null,
  });
  expect(wrong, listed(analysis)).toEqual([]);
  return analysis;
}
