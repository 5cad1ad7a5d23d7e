import type { MapTraffic } from '../../../shared/contract/map';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { SeverityMark } from '../../widgets/severity/SeverityMark';
import type { Hover } from './hover';
import styles from './map.module.css';
import { placeName } from './place-name';
import { alertCount, bytesOf, worstOf } from './shades';

const words = texts.map;
/** Room between the pointer and the tooltip, px, its width, and the height that it may need. */
const GAP = 14;
const WIDTH = 240;
const HEIGHT = 150;

/** What the pointer is on, in numbers. The list beside the map says it to those who cannot point. */
export function Tooltip({ hover, size }: { readonly hover: Hover; readonly size: { readonly x: number; readonly y: number } }) {
  const { x, y } = hover.at;
  const left = x + GAP + WIDTH > size.x ? x - GAP - WIDTH : x + GAP;
  const vertical = y + GAP + HEIGHT > size.y ? { bottom: size.y - y + GAP } : { top: y + GAP };
  return (
    <div className={styles.tooltip} style={{ left, ...vertical, width: WIDTH }} aria-hidden>
      <Content hover={hover} />
    </div>
  );
}

function Content({ hover }: { readonly hover: Hover }) {
  if (hover.kind === 'home') {
    const { address, others, origin, place } = hover.home;
    return (
      <>
        <strong>{words.home.title}</strong>
        <span>{address}</span>
        {others > 0 && <span>{words.home.others(formatCount(others))}</span>}
        {place && origin === 'busiest' && <span>{words.home.busiest}</span>}
      </>
    );
  }
  if (hover.kind === 'own') return <Head title={hover.own.address} detail={`${words.home.own} · ${placeName(hover.own)}`} />;
  if (hover.kind === 'country') {
    const { name, country } = hover;
    if (!country) return <Head title={name} detail={words.tooltip.nothing} />;
    const worst = worstOf(country);
    return (
      <>
        <strong>{name}</strong>
        <Numbers traffic={country} />
        {worst && (
          <span className={styles.tooltipAlerts}>
            <SeverityMark severity={worst} size={10} />
            {words.alerts(formatCount(alertCount(country)))}
          </span>
        )}
      </>
    );
  }
  const { cluster } = hover;
  const title = cluster.place ? placeName(cluster.place) : words.places(formatCount(cluster.places));
  return (
    <>
      <strong>{title}</strong>
      {cluster.place ? (
        <Numbers traffic={cluster.place} />
      ) : (
        <span>
          {words.hosts(formatCount(cluster.hosts))} · {words.flows(formatCount(cluster.flows))} · {formatBytes(cluster.bytes)}
        </span>
      )}
      {cluster.severity && (
        <span className={styles.tooltipAlerts}>
          <SeverityMark severity={cluster.severity} size={10} />
          {`${words.legend.worst}: ${texts.alerts.severities[cluster.severity]}`}
        </span>
      )}
      <span className={styles.dim}>{cluster.place ? words.tooltip.open : words.tooltip.zoom}</span>
    </>
  );
}

const Head = ({ title, detail }: { readonly title: string; readonly detail: string }) => (
  <>
    <strong>{title}</strong>
    <span className={styles.dim}>{detail}</span>
  </>
);

const Numbers = ({ traffic }: { readonly traffic: MapTraffic }) => (
  <>
    <span>
      {words.hosts(formatCount(traffic.hosts))} · {words.flows(formatCount(traffic.flows))} · {formatBytes(bytesOf(traffic))}
    </span>
    <span className={styles.dim}>
      {words.tooltip.sent} {formatBytes(traffic.bytesSent)} · {words.tooltip.received} {formatBytes(traffic.bytesReceived)}
    </span>
  </>
);
