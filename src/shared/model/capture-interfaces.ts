import type { Problem } from '../base/result';

/** The program that captures on this machine, in the order in which they are tried. */
export type CaptureToolKind = 'helper' | 'dumpcap' | 'tcpdump';

export interface CaptureTool {
  readonly kind: CaptureToolKind;
  readonly path: string;
}

/** An interface of this machine, as the capturing program sees it. All texts are the system's: anything may stand in them. */
export interface LocalInterface {
  readonly name: string;
  readonly description: string | null;
  /** IPv4 and IPv6, without prefix lengths. */
  readonly addresses: readonly string[];
  readonly loopback: boolean;
  readonly up: boolean;
  readonly wireless: boolean;
  readonly connection: 'connected' | 'disconnected' | 'not-applicable' | 'unknown';
  /** libpcap's names, such as EN10MB; empty where the interface cannot be opened. */
  readonly linkTypes: readonly { readonly name: string; readonly description: string | null }[];
  /** Why it cannot be captured and what to do; null: it can. */
  readonly problem: Problem | null;
}

export interface LocalInterfaces {
  readonly tool: CaptureTool;
  readonly interfaces: readonly LocalInterface[];
}
