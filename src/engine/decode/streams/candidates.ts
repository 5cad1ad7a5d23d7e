import { assert } from '../../../shared/base/assert';
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
  readonly #tcpPorts: PortTable;
  readonly #udpPorts: PortTable;

  constructor(protocols: readonly ApplicationProtocol[]) {
    this.byId = protocols.map((protocol, index) => ({ id: index + 1, protocol }));
    this.tcpHeuristics = this.byId.filter((candidate) => candidate.protocol.recogniseTcp);
    this.udpHeuristics = this.byId.filter((candidate) => candidate.protocol.recogniseUdp);
    this.#tcpPorts = byPort(this.byId, (protocol) => protocol.tcpPorts);
    this.#udpPorts = byPort(this.byId, (protocol) => protocol.udpPorts);
  }

  tcp(port: number): readonly Candidate[] {
    return this.#tcpPorts.get(port);
  }

  udp(port: number): readonly Candidate[] {
    return this.#udpPorts.get(port);
  }
}

const PORTS = 65_536;

/** Who lists a port. A byte a port, so that the look-up stays in the processor's cache; list 0 is empty. */
class PortTable {
  readonly #lists: Candidate[][] = [[]];
  readonly #listOf = new Uint8Array(PORTS);

  add(port: number, candidate: Candidate): void {
    const known = this.#listOf[port] ?? 0;
    // A list of its own for each port: ports that protocols share are few, and there are under 256 lists in all.
    if (known !== 0) this.#lists[known]?.push(candidate);
    else {
      assert(this.#lists.length < 256, 'the port table has a byte a port');
      this.#listOf[port] = this.#lists.push([candidate]) - 1;
    }
  }

  get(port: number): readonly Candidate[] {
    return this.#lists[this.#listOf[port] ?? 0] as readonly Candidate[];
  }
}

function byPort(candidates: readonly Candidate[], ports: (protocol: ApplicationProtocol) => readonly number[] | undefined): PortTable {
  const table = new PortTable();
  for (const candidate of candidates) for (const port of ports(candidate.protocol) ?? []) table.add(port, candidate);
  return table;
}
