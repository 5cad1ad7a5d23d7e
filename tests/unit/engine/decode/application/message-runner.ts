import {
  type ApplicationProtocol,
  type Conversation,
  type MessageSummary,
  NOT_MINE,
  TO_SEGMENT_END,
} from '../../../../../src/engine/decode/application/protocol';
import { applicationProtocols } from '../../../../../src/engine/decode/application/registry';
import { protocolNames } from '../../../../../src/engine/decode/protocol-names';
import { Dissection } from '../../../../../src/engine/decode/tree/dissection';
import type { Field } from '../../../../../src/engine/decode/tree/field';
import { packetContext } from '../../../../builders/packet-context';

export interface Ports {
  readonly transport: 'tcp' | 'udp';
  readonly source: number;
  readonly destination: number;
}

export function protocolNamed(name: string): ApplicationProtocol {
  const protocol = applicationProtocols.find((one) => one.name === name);
  if (!protocol) throw new Error(`No application protocol is called ${name}`);
  return protocol;
}

export class TestSummary implements MessageSummary {
  protocol = 0;
  eventKind = 0;
  eventNumber = 0;
  setName(): void {}
  setMethod(): void {}
  setUri(): void {}
  text(): number {
    return -1;
  }
  addEvent(): void {}
  addAddressEvent(): void {}
  addAnswer(): void {}
  setConnectionId(): void {}
}

export const conversation = (ports: Ports, backward = false, state = 0): Conversation => ({
  state,
  sourcePort: ports.source,
  destinationPort: ports.destination,
  backward,
});

/** The Protocol column after a whole segment or datagram, as the first tier would give it; '' where the protocol refused the bytes. */
export function column(protocol: ApplicationProtocol, bytes: Uint8Array, ports: Ports, talk: Conversation = conversation(ports)): string {
  const summary = new TestSummary();
  let at = 0;
  let shown = '';
  while (at < bytes.length) {
    const answer = ports.transport === 'tcp' && protocol.frame ? protocol.frame(bytes, at, bytes.length, talk) : TO_SEGMENT_END;
    if (answer === NOT_MINE) return shown;
    if (answer !== TO_SEGMENT_END && (answer <= 0 || at + answer > bytes.length)) return shown;
    const stop = answer === TO_SEGMENT_END ? bytes.length : at + answer;
    if (!protocol.summarise(bytes, at, stop, talk, summary)) return shown;
    shown = protocolNames.name(summary.protocol);
    at = stop;
  }
  return shown;
}

/** The second tier over bytes that lie where a transport's payload would: the tree begins with that transport's ports. */
export function dissect(protocol: ApplicationProtocol, bytes: Uint8Array, ports: Ports): Dissection {
  const d = new Dissection(bytes, packetContext(bytes, { application: protocol.name }));
  d.open(ports.transport, ports.transport, null, 0, 0);
  d.add(`${ports.transport}.srcport`, '', ports.source, 0, 0);
  d.add(`${ports.transport}.dstport`, '', ports.destination, 0, 0);
  d.close();
  protocol.dissect(d, 0, bytes.length);
  return d;
}

export function* allFields(fields: readonly Field[]): Generator<Field> {
  for (const field of fields) {
    yield field;
    yield* allFields(field.children);
  }
}

/** First value of a field in the tree; undefined where it is not there. */
export function fieldValue(d: Dissection, name: string): unknown {
  for (const field of allFields(d.root)) if (field.name === name) return field.value;
  return undefined;
}
