import { ok, type Result } from '../../../../shared/base/result';
import type { CaptureTool } from '../../../../shared/model/capture-interfaces';
import { ask } from './ask';
import { parseObject } from './dialects';
import { localProblem, toolMissing } from './problems';

/** DLT_EN10MB. */
const ETHERNET = { number: 1, name: 'EN10MB' };

/**
 * Compiles a capture filter as libpcap would, without opening anything: no right is needed. `linkType`: libpcap's number and name; Ethernet
 * if left out. With dumpcap alone it cannot be told before the capture, and every filter passes.
 */
export async function checkFilter(tools: readonly CaptureTool[], filter: string, linkType = ETHERNET): Promise<Result<null>> {
  if (filter.trim() === '') return ok(null);
  const tool = tools.find(({ kind }) => kind !== 'dumpcap');
  if (tool === undefined) return tools.length > 0 ? ok(null) : { ok: false, problem: toolMissing };
  const wrong = (reason: string): Result<null> => ({ ok: false, problem: localProblem('bad-filter', tool, '', reason) });
  if (tool.kind === 'tcpdump') {
    const { status, stderr } = await ask(tool.path, ['-d', '-y', linkType.name, '--', filter]);
    return status === 0 ? ok(null) : wrong(stderr.replace(/^tcpdump: /, ''));
  }
  const { stdout, stderr } = await ask(tool.path, ['--check-filter', filter, '--link-type', String(linkType.number)]);
  const answer = parseObject(stdout);
  if (answer?.ok === true) return ok(null);
  const reason = answer?.message ?? parseObject(stderr.split('\n')[0] ?? '')?.message;
  return wrong(typeof reason === 'string' ? reason : stderr);
}
