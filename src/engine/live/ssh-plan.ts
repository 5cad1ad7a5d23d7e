import type { SshRequest } from '../../shared/contract/live';
import type { SshPlan } from '../../shared/contract/ssh';
import type { CapturePlan } from '../sources/ssh/plan';
import type { SshPrompts } from '../sources/ssh/prompts';
import type { SshCaptureOptions } from '../sources/ssh/ssh-capture';

/** Interfaces that a plan names. */
const MAX_INTERFACES = 100;

export const sshOptions = (request: SshRequest, prompts: SshPrompts, signal: AbortSignal): SshCaptureOptions => ({
  target: request.target,
  prompts,
  interface: request.interface ?? undefined,
  captureFilter: request.filter,
  snapLength: request.snapLength ?? 0,
  identity: request.identity ?? undefined,
  signal,
});

/** A plan as the window shows it. */
export function planForWindow({ survey, interface: device, rights, problem, paste }: CapturePlan): SshPlan {
  const { connection, tcpdump } = survey;
  return {
    system: survey.system,
    user: survey.user,
    tcpdump: tcpdump && (tcpdump.version || tcpdump.path),
    rights,
    interface: device,
    interfaces: survey.interfaces.slice(0, MAX_INTERFACES).map(({ name, addresses, up }) => ({ name, addresses, up })),
    own: connection && `${connection.clientAddress}:${connection.clientPort} ${connection.serverAddress}:${connection.serverPort}`,
    problem,
    paste,
  };
}
