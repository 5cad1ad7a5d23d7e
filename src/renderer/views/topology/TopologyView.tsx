import { Loader } from '@mantine/core';
import { IconBinaryTree2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { isFiltered, useFilter } from '../../stores/filter';
import { selectHost, useSelectedHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { useTimeWindow } from '../../stores/time-window';
import { texts } from '../../texts';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { TimeSlider } from '../../widgets/time-slider/TimeSlider';
import { saveGraph } from './export';
import { Graph, type GraphHandle } from './Graph';
import { Legend } from './Legend';
import { NodeCard } from './NodeCard';
import { NodeList } from './NodeList';
import { choose, useChoices } from './store';
import { toSvg } from './svg';
import { Toolbar } from './Toolbar';
import styles from './topology.module.css';
import { useTopology } from './useTopology';

const words = texts.topology;

/** Hosts and who talks with whom, drawn or as a list. */
export function TopologyView() {
  const { session, graph, isStale, problem, again } = useTopology();
  const hasRange = useFilter((state) => state.range !== null);
  const as = useChoices((state) => state.as);
  const [selected, setSelected] = useState<string | null>(null);
  const handle = useRef<GraphHandle>(null);
  const node = graph?.nodes.find(({ id }) => id === selected);

  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing of another session is selected
  useEffect(() => setSelected(null), [session]);
  const host = useSelectedHost();
  const isHere = graph !== null;
  // The host that is read in other views is the one that is read here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another host is the occasion, and the first graph
  useEffect(() => {
    const node = graph?.nodes.find(({ kind, label }) => kind === 'host' && label === host);
    if (node) setSelected(node.id);
  }, [host, isHere]);
  const select = (id: string | null): void => {
    setSelected(id);
    const chosen = graph?.nodes.find((each) => each.id === id);
    if (chosen?.kind === 'host') selectHost(chosen.label);
  };
  const exportAs = (kind: 'png' | 'svg'): void => {
    const { current } = handle;
    if (!current) return;
    void saveGraph(kind, kind === 'png' ? current.png() : toSvg(current.scene(words.graph)));
  };

  const hasNodes = graph !== null && graph.nodes.length > 0;
  // A window of time without flows is one picture among others: the graph stays.
  const isEmptyWindow = graph !== null && !hasNodes && hasRange;
  return (
    <div className={styles.view} data-testid="topology" aria-busy={graph === null && problem === null}>
      <Toolbar
        graph={graph}
        onFind={(id) => (as === 'graph' ? handle.current?.reveal(id) : select(id))}
        onRelayout={() => handle.current?.relayout()}
        onExport={exportAs}
      />
      <div className={styles.stage} data-card={node !== undefined || undefined}>
        {problem ? (
          <FailedNotice title={words.failed} problem={problem} again={words.again} onAgain={again} />
        ) : !graph ? (
          <Notice icon={<Loader size={20} />} title={words.loading} />
        ) : !hasNodes && !isEmptyWindow ? (
          <NoNodes />
        ) : as === 'graph' ? (
          <>
            <Graph ref={handle} session={session} graph={graph} selected={selected} onSelect={select} />
            <Legend graph={graph} />
            {isEmptyWindow && <p className={styles.nothingHere}>{words.nothingHere}</p>}
          </>
        ) : (
          <NodeList graph={graph} selected={selected} onSelect={select} />
        )}
        {hasNodes && node && <NodeCard node={node} graph={graph} onClose={() => select(null)} />}
      </div>
      {graph && (hasNodes || hasRange) && <TimeBar ready={!isStale} />}
    </div>
  );
}

/** Rendered by itself: a session that goes on changes it with every tick. */
function TimeBar({ ready }: { readonly ready: boolean }) {
  const time = useTimeWindow();
  return time && <TimeSlider {...time} ready={time.ready && ready} />;
}

/** In place of an empty graph: what is missing and why. */
function NoNodes() {
  const nothing = useNothingMatches();
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  const filtered = useFilter(isFiltered);
  const scope = useChoices((state) => state.scope);
  const icon = <IconBinaryTree2 size={28} stroke={1.5} />;
  if (scope === 'shown' && filtered && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  if (scope === 'shown' && filtered) {
    return (
      <Notice icon={icon} title={words.noFlows.title} sentence={words.noFlows.sentence}>
        <button type="button" className="button" data-primary onClick={() => choose({ scope: 'all' })}>
          {words.noFlows.all}
        </button>
      </Notice>
    );
  }
  return (
    <Notice icon={icon} title={words.none.title} sentence={words.none.sentence}>
      <button type="button" className="button" onClick={() => showView('packets')}>
        {words.none.packets}
      </button>
    </Notice>
  );
}
