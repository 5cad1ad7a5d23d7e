/** Why a host key is asked about: nothing is known of this host yet. */
export interface HostKeyQuestion {
  /** As `known_hosts` names it: 'example.org', '[example.org]:2222'. */
  readonly host: string;
  /** 'ssh-ed25519' ... */
  readonly keyType: string;
  /** 'SHA256:' and base64, as ssh-keygen prints it. */
  readonly fingerprint: string;
}

export interface Login {
  readonly user: string;
  readonly host: string;
  /** 0 the first time; higher after a wrong answer. */
  readonly attempt: number;
}

/** One round of keyboard-interactive (RFC 4256). All texts are the server's: show them as text and name the host. */
export interface InteractiveQuestion extends Login {
  readonly name: string;
  readonly instructions: string;
  readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
}

/**
 * How secrets and decisions are asked for. They are asked again after a connection was lost, so whoever answers decides what is remembered
 * and how; here nothing is kept, logged or put into an error. null: no answer, which gives up this way of authentication.
 */
export interface SshPrompts {
  passphrase(question: { readonly keyFile: string; readonly attempt: number }): Promise<string | null>;
  password(login: Login): Promise<string | null>;
  answers(question: InteractiveQuestion): Promise<readonly string[] | null>;
  confirmHostKey(question: HostKeyQuestion): Promise<boolean>;
  /** The password that `sudo` wants on the server. */
  sudoPassword(login: Login): Promise<string | null>;
}
