import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PacketDetails } from '../../../shared/contract/engine';
import type { FieldNode } from '../../../shared/model/records';
import { useFind } from '../../stores/find';
import { useSelection } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { FieldTree } from '../../widgets/field-tree/FieldTree';
import { type FieldPath, flatten, idOf, innermostField, keysAlong, nodeAt, pathOfKeys } from '../../widgets/field-tree/flatten';
import { formatCount } from '../../widgets/format/numbers';
import { Split, SplitPane } from '../../widgets/split/Split';
import { BytesPane } from './BytesPane';
import { setOpen, useExpanded } from './expanded';
import { fieldMenu } from './field-menu';
import styles from './packets.module.css';

/** Fields and bytes of the selected packet, each pointing at the other. */
export function PacketDetailsPane() {
  const details = useSelection((state) => state.details);
  const problem = useSelection((state) => state.detailsProblem ?? state.details?.problem ?? null);
  if (problem) {
    return (
      <div className={`${styles.pane} ${styles.message} selectable`} role="status">
        <strong>{problem.code === 'packet-forgotten' ? texts.packets.details.forgotten : texts.packets.details.unreadable}</strong>
        <span>{problem.sentence}</span>
        {problem.next && <span>{problem.next}</span>}
      </div>
    );
  }
  if (!details) return <div className={`${styles.pane} ${styles.message}`}>{texts.packets.details.none}</div>;
  return <Details details={details} />;
}

const isCommented = (field: FieldNode | undefined): boolean => field?.children[0]?.name === 'frame.comment';

interface OpenMenu {
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
}

function Details({ details }: { readonly details: PacketDetails }) {
  const { fields, sources, malformed, index } = details;
  const words = texts.packets.details;
  const found = useFind((state) => state.match);
  const remembered = useExpanded((state) => state.keys);
  const isGone = useSession((state) => index < (state.tick?.firstPacket ?? 0));
  /** Keys of the selected field, so that it stays selected from packet to packet. */
  const [selectedKeys, setSelectedKeys] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<{ readonly of: PacketDetails; readonly path: FieldPath } | null>(null);
  const [hovered, setHovered] = useState<FieldPath | null>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  // The innermost layer tells most, and comments were written to be read: they are open until a person decides otherwise.
  const rows = useMemo(
    () =>
      flatten(
        fields,
        (key, path) => remembered[key] ?? (path.length === 1 && (path[0] === fields.length - 1 || isCommented(fields[path[0] ?? 0]))),
      ),
    [fields, remembered],
  );
  const path = useMemo(
    () => (chosen?.of === details ? chosen.path : selectedKeys.length > 0 ? pathOfKeys(fields, selectedKeys) : null),
    [chosen, details, fields, selectedKeys],
  );
  const selected = path && nodeAt(fields, path);

  const choose = (to: FieldPath): void => {
    setChosen({ of: details, path: to });
    setSelectedKeys(keysAlong(fields, to));
  };
  const chooseByte = (source: number, offset: number): void => {
    const to = innermostField(fields, source, offset);
    if (!to) return;
    const closed = keysAlong(fields, to.slice(0, -1)).filter((key) => !rows.some((row) => row.key === key && row.open));
    if (closed.length > 0) setOpen(closed, true);
    choose(to);
  };
  /** That of the field that the byte belongs to. */
  const openByteMenu = (source: number, offset: number, at: OpenMenu['at']): void => {
    const to = innermostField(fields, source, offset);
    const node = to && nodeAt(fields, to);
    if (node) setMenu({ at, items: fieldMenu({ node, key: keysAlong(fields, to).at(-1) ?? '' }, sources[source]?.bytes) });
  };

  return (
    <>
      <Split id="details" direction="horizontal">
        <SplitPane id="tree" size="50%" minSize="180px">
          <section className={styles.pane} data-testid="packet-fields">
            <header className={styles.paneHeader}>
              <h2 className="eyebrow">{words.title(formatCount(index + 1))}</h2>
            </header>
            {isGone && (
              <p className={styles.gone} role="status">
                {words.forgottenNote}
              </p>
            )}
            {malformed && (
              <div className={styles.malformed} role="status">
                <IconAlertTriangle size={14} aria-hidden />
                <span className="selectable">
                  <strong>{words.malformedTitle}</strong> {words.malformed(malformed.layer, malformed.offset, malformed.reason)}
                </span>
              </div>
            )}
            <div className={styles.paneBody}>
              <FieldTree
                label={words.tree}
                rows={rows}
                selected={path && idOf(path)}
                hovered={hovered && idOf(hovered)}
                onSelect={(row) => choose(row.path)}
                onToggle={(row, open) => setOpen([row.key], open)}
                onMenu={(row, at) => setMenu({ at, items: fieldMenu(row, sources[row.node.source]?.bytes) })}
              />
            </div>
          </section>
        </SplitPane>
        <SplitPane id="bytes" size="50%" minSize="180px" edge={words.bytes}>
          <BytesPane
            sources={sources}
            found={found?.packet === index ? found : null}
            selected={selected}
            hovered={hovered && nodeAt(fields, hovered)}
            fieldAt={(source, offset) => {
              const at = innermostField(fields, source, offset);
              return at && nodeAt(fields, at);
            }}
            onSelect={chooseByte}
            onHover={(source, offset) => setHovered(offset === null ? null : innermostField(fields, source, offset))}
            onMenu={openByteMenu}
          />
        </SplitPane>
      </Split>
      <ContextMenu at={menu?.at ?? null} items={menu?.items ?? []} onClose={() => setMenu(null)} />
    </>
  );
}
