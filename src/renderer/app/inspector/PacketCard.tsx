import type { PacketDetails } from '../../../shared/contract/engine';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import { Value } from '../../values/Value';
import { formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate, formatFull, formatSeconds } from '../../widgets/format/time';
import styles from './inspector.module.css';
import { Endpoint, Fact } from './parts';

export function PacketCard({ details }: { readonly details: PacketDetails }) {
  const firstTime = useSession((state) => state.tick?.firstTime ?? 0);
  const { row, comments } = details;
  const transport = row.tcpFlags === null ? 'udp' : 'tcp';
  const words = texts.frame.inspector;
  return (
    <section className={styles.card}>
      <h3 className={styles.title}>
        {words.packet(formatCount(row.index + 1))}
        <span className={styles.protocol} style={{ color: familyColor(familyOf(row.protocol)) }}>
          {row.protocol}
        </span>
      </h3>
      {row.source !== '' && <Endpoint role={words.from} address={row.source} port={row.sourcePort} transport={transport} />}
      {row.destination !== '' && <Endpoint role={words.to} address={row.destination} port={row.destinationPort} transport={transport} />}
      <dl className={styles.facts}>
        {row.epoch !== '' && (
          <Fact name={words.time} hint={formatFull(row.epoch)}>
            {formatDate(row.epoch, 'local')} {formatClock(row.epoch, 'local', 6)}
          </Fact>
        )}
        {row.time !== null && <Fact name={words.sinceFirst}>{formatSeconds(row.time - firstTime)} s</Fact>}
        <Fact name={words.length}>
          <Value text={`${formatCount(row.length)} B`} test={`frame.len == ${row.length}`} />
        </Fact>
      </dl>
      {comments.length > 0 && (
        <>
          <h4 className={styles.subtitle}>{words.comments}</h4>
          {comments.map((comment, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: comments of one packet never change
            <p key={index} className={`${styles.comment} selectable`}>
              {comment}
            </p>
          ))}
        </>
      )}
    </section>
  );
}
