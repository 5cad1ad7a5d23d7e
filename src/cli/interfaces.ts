import type { Command } from 'commander';
import { captureTools } from '../engine/capture-tools';
import { listInterfaces } from '../engine/sources/live/local/interfaces';
import type { Problem } from '../shared/base/result';
import type { LocalInterface } from '../shared/model/capture-interfaces';
import { cell, complain, Exit, Output } from './output';

const HEADER = ['name', 'state', 'addresses', 'linkTypes', 'description'] as const;

/** Prints what can be captured here, one line an interface, and, where something cannot, why and what to do. */
export async function printInterfaces(json: boolean): Promise<number> {
  const listed = await listInterfaces(captureTools());
  if (!listed.ok) {
    complain(listed.problem);
    return Exit.Failed;
  }
  const { tool, interfaces } = listed.value;
  const output = new Output();
  if (!json) output.line(HEADER.join('\t'));
  for (const one of interfaces) {
    output.line(json ? JSON.stringify({ ...one, usable: one.problem === null, tool: tool.kind, toolPath: tool.path }) : interfaceLine(one));
  }
  output.flush();
  // Whatever is the same for many interfaces is said once.
  const said = new Set<string>();
  for (const { problem } of interfaces) {
    if (json || problem === null || said.has(problem.sentence)) continue;
    said.add(problem.sentence);
    complain(problem);
  }
  return Exit.Done;
}

function interfaceLine({ name, up, addresses, linkTypes, description, problem }: LocalInterface): string {
  const names = linkTypes.map((type) => type.name).join(',');
  return [name, stateOf(up, problem), addresses.join(','), names, description ?? ''].map(cell).join('\t');
}

function stateOf(up: boolean, problem: Problem | null): string {
  if (problem === null) return up ? 'ready' : 'ready, down';
  return problem.code === 'no-rights' ? 'no rights' : problem.code === 'interface-down' ? 'down' : 'unusable';
}

export function addInterfacesCommand(program: Command): void {
  program
    .command('interfaces')
    .description('what can be captured here and, where it cannot, why and what to do')
    .option('--json', 'JSON Lines', false)
    .action(async ({ json }: { json: boolean }) => {
      process.exitCode = await printInterfaces(json);
    });
}
