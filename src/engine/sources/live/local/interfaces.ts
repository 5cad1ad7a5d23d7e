import { networkInterfaces } from 'node:os';
import { ok, type Problem, type Result } from '../../../../shared/base/result';
import type { CaptureTool, LocalInterface, LocalInterfaces } from '../../../../shared/model/capture-interfaces';
import { ask } from './ask';
import { dialectOf, parseObject } from './dialects';
import { type LocalProblemCode, localProblem, toolMissing } from './problems';

/** Asked at a time where each interface costs a process. */
const AT_A_TIME = 8;
/** More are left out. */
const MAX_INTERFACES = 1024;

/** The interfaces of this machine as the first program sees them that may open any of them; else as the first one does, with the reason. */
export async function listInterfaces(tools: readonly CaptureTool[]): Promise<Result<LocalInterfaces>> {
  let first: Result<LocalInterfaces> | null = null;
  for (const tool of tools) {
    const listed = tool.kind === 'helper' ? await askHelper(tool) : await askFallback(tool);
    const refused = listed.ok
      ? listed.value.interfaces.some(({ problem }) => problem?.code === 'no-rights')
      : listed.problem.code === 'no-rights';
    if (listed.ok && !refused) return listed;
    if (!listed.ok && !refused) {
      first ??= listed;
      continue;
    }
    if (first === null || !first.ok) first = listed;
  }
  return first ?? { ok: false, problem: toolMissing };
}

async function askHelper(tool: CaptureTool): Promise<Result<LocalInterfaces>> {
  const { status, stdout, stderr } = await ask(tool.path, ['--list']);
  const list = parseObject(stdout)?.interfaces;
  if (status !== 0 || !Array.isArray(list)) {
    const code = /EACCES|EPERM/.test(stderr) ? 'no-rights' : 'tool-failed';
    return { ok: false, problem: localProblem(code, tool, 'interfaces', stderr) };
  }
  return ok({ tool, interfaces: list.slice(0, MAX_INTERFACES).flatMap((one: unknown) => interfaceOf(tool, one) ?? []) });
}

const CONNECTIONS = ['connected', 'disconnected', 'not-applicable'] as const;

/** An entry of the helper's list; null where it is none. */
function interfaceOf(tool: CaptureTool, entry: unknown): LocalInterface | null {
  if (typeof entry !== 'object' || entry === null || !('name' in entry) || typeof entry.name !== 'string') return null;
  const { name } = entry;
  const fields = entry as Readonly<Record<string, unknown>>;
  const { description, addresses, linkTypes, connection, problem } = fields;
  return {
    name,
    description: typeof description === 'string' ? description : null,
    addresses: Array.isArray(addresses) ? addresses.filter((one) => typeof one === 'string') : [],
    loopback: fields.loopback === true,
    up: fields.up === true,
    wireless: fields.wireless === true,
    connection: CONNECTIONS.find((one) => one === connection) ?? 'unknown',
    linkTypes: Array.isArray(linkTypes) ? linkTypes.flatMap((one: unknown) => linkTypeOf(one) ?? []) : [],
    problem: fields.usable === true ? null : problemOf(tool, name, problem),
  };
}

function linkTypeOf(entry: unknown): LocalInterface['linkTypes'][number] | null {
  if (typeof entry !== 'object' || entry === null || !('name' in entry) || typeof entry.name !== 'string') return null;
  const description = 'description' in entry && typeof entry.description === 'string' ? entry.description : null;
  return { name: entry.name, description };
}

const OPEN_CODES: readonly LocalProblemCode[] = ['no-such-interface', 'no-rights', 'interface-down'];

function problemOf(tool: CaptureTool, name: string, entry: unknown): Problem {
  const { code, message } = (typeof entry === 'object' && entry !== null ? entry : {}) as { code?: unknown; message?: unknown };
  const known = OPEN_CODES.find((one) => one === code) ?? 'tool-failed';
  return localProblem(known, tool, name, typeof message === 'string' ? message : 'the reason is not known');
}

/** The interfaces that the system names; whether each can be opened is found out by asking the program for its link types. */
async function askFallback(tool: CaptureTool): Promise<Result<LocalInterfaces>> {
  const { stdout, status, stderr } = await ask(tool.path, ['-D']);
  if (status !== 0) return { ok: false, problem: localProblem('tool-failed', tool, 'interfaces', stderr) };
  const known = networkInterfaces();
  // '1.eth0 [Up, Running]', '3. lo (Loopback)'
  const names = [...stdout.matchAll(/^\d+\. ?(\S+)(.*)$/gm)]
    .map(([, name = '', rest = '']) => ({ name, rest }))
    .filter(({ name }) => !/^(bluetooth|nflog|nfqueue|dbus|usbmon|rdma)/.test(name))
    .slice(0, MAX_INTERFACES);
  const interfaces: LocalInterface[] = [];
  for (let at = 0; at < names.length; at += AT_A_TIME) {
    const some = names.slice(at, at + AT_A_TIME).map(async ({ name, rest }): Promise<LocalInterface> => {
      const asked = await ask(tool.path, ['-i', name, '-L']);
      const linkTypes = [...`${asked.stdout}\n${asked.stderr}`.matchAll(/^\s+(\w+) \((.+)\)$/gm)].map(([, type = '', text = '']) => ({
        name: type,
        description: text,
      }));
      return {
        name,
        description: null,
        addresses: (known[name] ?? []).map(({ address }) => address),
        loopback: /loopback/i.test(rest),
        up: /\bUp\b/.test(rest) || known[name] !== undefined,
        wireless: /wireless/i.test(rest),
        connection: 'unknown',
        linkTypes,
        problem: asked.status === 0 ? null : failureOf(tool, name, asked.stderr),
      };
    });
    interfaces.push(...(await Promise.all(some)));
  }
  return ok({ tool, interfaces });
}

function failureOf(tool: CaptureTool, name: string, stderr: string): Problem {
  const { read } = dialectOf(tool);
  const failures = stderr.split('\n').flatMap((line) => read(line).failure ?? []);
  const [failure = { code: 'tool-failed' as const, reason: stderr }] = failures;
  return localProblem(failure.code, tool, name, failure.reason);
}
