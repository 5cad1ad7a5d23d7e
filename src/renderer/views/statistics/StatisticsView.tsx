import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { CONVERSATION_KINDS, type ConversationKind, STATISTICS_EXPORTS } from '../../../shared/contract/statistics-views';
import { isFiltered, useFilter } from '../../stores/filter';
import { texts } from '../../texts';
import { exportTable } from './export-table';
import { ConversationsTab, EndpointsTab, LongTab, SessionsTab, TcpHostsTab } from './ListTabs';
import { HierarchyTable, LengthsPanel } from './PacketTables';
import styles from './statistics.module.css';
import { setStatistics, TABS, type Tab, useStatisticsStore } from './store';

const words = texts.statistics;

/** What there is in the shown packets, as tables. */
export function StatisticsView() {
  const { tab, tcpBy } = useStatisticsStore();
  const filtered = useFilter(isFiltered);
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Tabs tab={tab} />
        <div className={styles.tools}>
          {filtered && <span className={styles.shown}>{words.shown}</span>}
          <Choice />
          <Menu position="bottom-end" shadow="none" transitionProps={{ duration: 0 }}>
            <Menu.Target>
              <button type="button" className="icon-button" title={words.export} aria-label={words.export}>
                <IconDownload size={15} stroke={1.7} aria-hidden />
              </button>
            </Menu.Target>
            <Menu.Dropdown className="dropdown">
              {STATISTICS_EXPORTS.map((format) => (
                <Menu.Item key={format} className="dropdown-item" onClick={() => void exportTable(format)}>
                  {words[format]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <div className={styles.panel} role="tabpanel" id="statistics-panel" aria-labelledby={`statistics-tab-${tab}`}>
        {tab === 'hierarchy' && <HierarchyTable />}
        {tab === 'conversations' && <ConversationsTab />}
        {tab === 'endpoints' && <EndpointsTab />}
        {tab === 'lengths' && <LengthsPanel />}
        {tab === 'long' && <LongTab />}
        {tab === 'tcp' && (tcpBy === 'sessions' ? <SessionsTab /> : <TcpHostsTab />)}
      </div>
    </div>
  );
}

/** One stop for the Tab key; arrows go from tab to tab. */
function Tabs({ tab }: { readonly tab: Tab }) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = TABS.indexOf(tab);
    const to: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % TABS.length,
      ArrowLeft: (at + TABS.length - 1) % TABS.length,
      Home: 0,
      End: TABS.length - 1,
    };
    const next = to[event.key];
    const name = next === undefined ? undefined : TABS[next];
    if (next === undefined || name === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    setStatistics({ tab: name });
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={words.tabs}>
      {TABS.map((id) => (
        <button
          key={id}
          id={`statistics-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls="statistics-panel"
          tabIndex={id === tab ? 0 : -1}
          className={styles.tab}
          onClick={() => setStatistics({ tab: id })}
          onKeyDown={onKeyDown}
        >
          {words.tabNames[id]}
        </button>
      ))}
    </div>
  );
}

/** What the tab's table is of, where that can be chosen. */
function Choice() {
  const { tab, kind, longKind, tcpBy } = useStatisticsStore();
  if (tab === 'conversations' || tab === 'endpoints') {
    return (
      <Select
        label={words.kind}
        value={kind}
        options={CONVERSATION_KINDS}
        names={words.kinds}
        onChange={(kind) => setStatistics({ kind })}
      />
    );
  }
  if (tab === 'long') {
    const options: readonly Extract<ConversationKind, 'tcp' | 'udp'>[] = ['tcp', 'udp'];
    return (
      <Select
        label={words.kind}
        value={longKind}
        options={options}
        names={words.kinds}
        onChange={(longKind) => setStatistics({ longKind })}
      />
    );
  }
  if (tab !== 'tcp') return null;
  const options = ['sessions', 'hosts'] as const;
  return <Select label={words.tcpBy} value={tcpBy} options={options} names={words.tcpBys} onChange={(tcpBy) => setStatistics({ tcpBy })} />;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly names: Readonly<Record<T, string>>;
  onChange(value: T): void;
}

function Select<T extends string>({ label, value, options, names, onChange }: SelectProps<T>) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(options.find((option) => option === target.value) ?? value)}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {names[option]}
        </option>
      ))}
    </select>
  );
}
