import type { Problem } from '../base/result';
import type { SshRequest } from './live';

/** What a connection to a server asks a person. All texts of servers are shown as text, with the server's name beside them. */
export type SshQuestion =
  | { readonly kind: 'host-key'; readonly host: string; readonly keyType: string; readonly fingerprint: string }
  | { readonly kind: 'passphrase'; readonly keyFile: string; readonly attempt: number }
  | { readonly kind: 'password' | 'sudo'; readonly user: string; readonly host: string; readonly attempt: number }
  | {
      readonly kind: 'answers';
      readonly user: string;
      readonly host: string;
      readonly attempt: number;
      readonly name: string;
      readonly instructions: string;
      readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
    };

/** One question at a time; it stays until it is answered or its connection is given up. */
export interface SshAsked {
  readonly id: number;
  readonly question: SshQuestion;
  /** 'keychain': a secret can be kept for the next time; 'session': until Portlight is closed only. */
  readonly keeping: 'keychain' | 'session';
}

/** Texts for secrets and prompts, in their order; for a host key an empty list says yes. null: none, the attempt is given up. */
export type SshAnswer = { readonly texts: readonly string[]; readonly remember: boolean } | null;

/** A `Host` of ~/.ssh/config that names one server. */
export interface SshHostEntry {
  readonly alias: string;
  readonly host: string | null;
  readonly user: string | null;
  readonly port: number | null;
}

/** What is known of a server before a capture is started there. */
export interface SshPlan {
  readonly system: string;
  readonly user: string;
  readonly tcpdump: string | null;
  /** How tcpdump may capture; null: it may not. */
  readonly rights: 'direct' | 'sudo' | 'sudo-password' | null;
  /** The one that would be captured. */
  readonly interface: string;
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[]; readonly up: boolean | null }[];
  /** Our own connection, which is left out: 'client:port server:port'. */
  readonly own: string | null;
  /** What is in the way; null: a capture can start. */
  readonly problem: Problem | null;
  /** The command for the server that removes what is in the way. */
  readonly paste: string | null;
}

export interface SshCalls {
  'ssh.hosts': { args: Record<string, never>; result: { readonly hosts: readonly SshHostEntry[] } };
  /** Connects, looks, and ends the connection again; starts nothing. Questions come over the topic 'ssh'. */
  'ssh.plan': { args: { request: SshRequest }; result: SshPlan };
  'ssh.answer': { args: { id: number; answer: SshAnswer }; result: null };
}

export interface SshTopics {
  /** What waits for an answer; null: nothing. */
  ssh: SshAsked | null;
}
