import type { ApplicationProtocol } from '../application/protocol';

/** One entry of the registry with its place: the place plus one is what flows remember. */
export interface Candidate {
  readonly id: number;
  readonly protocol: ApplicationProtocol;
}

/** The registry, ordered for the questions that the stream stage asks. */
export class Candidates {
  readonly byId: readonly Candidate[];
  readonly tcpHeuristics: readonly Candidate[];
  readonly udpHeuristics: readonly Candidate[];
  readonly #tcpPorts: (readonly Candidate[] | undefined)[];
  readonly #udpPorts: (readonly Candidate[] | undefined)[];

  constructor(protocols: readonly ApplicationProtocol[]) {
    this.byId = protocols.map((protocol, index) => ({ id: index + 1, protocol }));
    this.tcpHeuristics = this.byId.filter((candidate) => candidate.protocol.recogniseTcp);
    this.udpHeuristics = this.byId.filter((candidate) => candidate.protocol.recogniseUdp);
    this.#tcpPorts = byPort(this.byId, (protocol) => protocol.tcpPorts);
    this.#udpPorts = byPort(this.byId, (protocol) => protocol.udpPorts);
  }

  tcp(port: number): readonly Candidate[] {
    return this.#tcpPorts[port] ?? NOBODY;
  }

  udp(port: number): readonly Candidate[] {
    return this.#udpPorts[port] ?? NOBODY;
  }
}

const NOBODY: readonly Candidate[] = [];

function byPort(
  candidates: readonly Candidate[],
  ports: (protocol: ApplicationProtocol) => readonly number[] | undefined,
): (readonly Candidate[] | undefined)[] {
  const table: (Candidate[] | undefined)[] = new Array(65_536);
  for (const candidate of candidates) {
    for (const port of ports(candidate.protocol) ?? []) {
      const known = table[port];
      if (known) known.push(candidate);
      else table[port] = [candidate];
    }
  }
  return table;
}
