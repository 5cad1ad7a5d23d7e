import type { FlowRow } from '../../../shared/model/records';
import { flowStateTest, hostNameTest, protocolTest } from '../../stores/filter-text';
import { showFlowPackets } from '../../stores/flow-packets';
import { canFollow, followFlow } from '../../stores/follow';
import { showView } from '../../stores/layout';
import { revealPacket, useSelection } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatDuration, formatFull } from '../../widgets/format/time';
import styles from './inspector.module.css';
import { Endpoint, Fact } from './parts';

/** The selected flow, or the one that the selected packet belongs to. */
export function FlowCard({ flow }: { readonly flow: FlowRow }) {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const isSelected = useSelection((state) => state.kind === 'flow');
  const words = texts.frame.inspector;
  const began = epochOf(startSecond, flow.firstTime);
  return (
    <section className={styles.card}>
      <h3 className={styles.title}>
        {words.flow}
        <span className={styles.protocol}>{flow.protocol}</span>
      </h3>
      {isSelected && (
        <>
          <Endpoint role={words.originator} address={flow.source} port={flow.sourcePort} transport={flow.protocol} />
          <Endpoint role={words.responder} address={flow.destination} port={flow.destinationPort} transport={flow.protocol} />
        </>
      )}
      <dl className={styles.facts}>
        {flow.host !== '' && (
          <Fact name={words.host}>
            <Value text={flow.host} test={hostNameTest(flow.host)} />
          </Fact>
        )}
        <Programs flow={flow} />
        {flow.service !== '' && (
          <Fact name={words.service}>
            <Value text={flow.service} test={protocolTest(flow.service)} />
          </Fact>
        )}
        {flow.state !== '' && (
          <Fact name={words.state} hint={texts.frame.flowStates[flow.state] ?? ''}>
            <Value
              text={isSelected ? words.stateMeaning(flow.state, texts.frame.flowStates[flow.state] ?? '') : flow.state}
              test={flowStateTest(flow.state)}
            />
          </Fact>
        )}
        {flow.tcpFlags !== '' && <Fact name={words.tcpFlags}>{flow.tcpFlags}</Fact>}
        <Fact name={words.began} hint={formatFull(began)}>
          {formatClock(began, 'local', 6)}
        </Fact>
        <Fact name={words.duration}>{formatDuration(flow.lastTime - flow.firstTime)}</Fact>
        <Fact name={words.outward}>{words.packetsBytes(formatCount(flow.packets), formatBytes(flow.bytes))}</Fact>
        <Fact name={words.inward}>{words.packetsBytes(formatCount(flow.packetsBack), formatBytes(flow.bytesBack))}</Fact>
        {flow.roundTrip !== null && <Fact name={words.roundTrip}>{formatDuration(flow.roundTrip)}</Fact>}
        {flow.retransmissions > 0 && <Fact name={words.retransmissions}>{formatCount(flow.retransmissions)}</Fact>}
      </dl>
      <HiddenProgram flow={flow} />
      <div className={styles.actions}>
        <button type="button" className="button" data-small onClick={() => void showFlowPackets(flow)}>
          {words.showPackets}
        </button>
        <button
          type="button"
          className="button"
          data-small
          onClick={() => {
            showView('packets');
            revealPacket(flow.firstPacket);
          }}
        >
          {words.goToFirst}
        </button>
        {canFollow(flow.protocol) && (
          <button type="button" className="button" data-small onClick={() => followFlow(flow.index)}>
            {texts.stream.follow}
          </button>
        )}
      </div>
    </section>
  );
}

/** Programs of the watched host, and the state of its socket; nothing of what nobody knows. */
function Programs({ flow: { process, pids, users, socket } }: { readonly flow: FlowRow }) {
  const words = texts.programs;
  return (
    <>
      {process !== null && <Fact name={words.process}>{words.withPids(process, pids.join(', '))}</Fact>}
      {users.length > 0 && (
        <Fact name={words.user} hint={words.userHint}>
          {users.join(', ')}
        </Fact>
      )}
      {socket !== null && (
        <Fact name={words.socket} hint={words.socketHint}>
          {socket}
        </Fact>
      )}
    </>
  );
}

/** Why the program has no name, where its socket is known. */
function HiddenProgram({ flow: { process, socket } }: { readonly flow: FlowRow }) {
  const kind = useSession((state) => state.tick?.session?.kind);
  const namesMissing = useSession((state) => state.tick?.live?.programs?.namesMissing ?? false);
  if (process !== null || socket === null || !namesMissing) return null;
  return <p className={styles.reason}>{texts.programs.hiddenHint(kind)}</p>;
}
