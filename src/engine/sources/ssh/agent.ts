import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { loadSsh2 } from './ssh2';

/** The keys of a running agent that may be offered. */
export interface AgentKeys {
  /** For ssh2; null where there is nothing to offer. */
  readonly agent: BaseAgent | null;
  readonly publicKeys: readonly Buffer[];
  /** A short phrase where the agent was named and could not be asked. */
  readonly note: string | null;
}

const TIMEOUT_MS = 10_000;
/** sshd gives up on a client after six keys; agents hold a handful. */
const MAX_KEYS = 64;

/** `only`: public keys that may be used; null: all. */
export async function readAgent(path: string | null, only: readonly Buffer[] | null): Promise<AgentKeys> {
  if (path === null) return { agent: null, publicKeys: [], note: null };
  const { BaseAgent, createAgent } = await loadSsh2();
  const inner = createAgent(path);
  const all = await listKeys(inner);
  if (all === null) return { agent: null, publicKeys: [], note: 'the agent did not answer' };
  const offered = all.filter((key) => only === null || only.some((one) => one.equals(key.getPublicSSH()))).slice(0, MAX_KEYS);

  class ListedAgent extends BaseAgent<ParsedKey> {
    override getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
      callback(null, offered);
    }
    override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
      if (typeof options === 'function') inner.sign(key, data, options);
      else inner.sign(key, data, options, callback);
    }
  }
  return { agent: offered.length > 0 ? new ListedAgent() : null, publicKeys: offered.map((key) => key.getPublicSSH()), note: null };
}

function listKeys(agent: BaseAgent): Promise<ParsedKey[] | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), TIMEOUT_MS);
    try {
      agent.getIdentities((error, keys) => {
        clearTimeout(timer);
        resolve(error ? null : (keys ?? []).filter(isKey));
      });
    } catch {
      clearTimeout(timer);
      resolve(null);
    }
  });
}

const isKey = (key: unknown): key is ParsedKey => typeof key === 'object' && key !== null && 'getPublicSSH' in key;
