import { useState } from 'react';
import type { PacketDetails } from '../../../shared/contract/engine';
import type { FieldNode } from '../../../shared/model/records';
import { texts } from '../../texts';
import { type ByteRange, HexView } from '../../widgets/hex-view/HexView';
import styles from './packets.module.css';

interface BytesPaneProps {
  readonly sources: PacketDetails['sources'];
  /** Bytes of the frame that were looked for. */
  readonly found: ByteRange | null;
  readonly selected: FieldNode | null;
  readonly hovered: FieldNode | null;
  fieldAt(source: number, offset: number): FieldNode | null;
  onSelect(source: number, offset: number): void;
  onHover(source: number, offset: number | null): void;
  onMenu(source: number, offset: number, at: { readonly x: number; readonly y: number }): void;
}

/** The packet's bytes; where some were put together or decrypted from others, one tab for each. */
export function BytesPane({ sources, found, selected, hovered, fieldAt, onSelect, onHover, onMenu }: BytesPaneProps) {
  const words = texts.packets.details;
  /** The tab that was clicked, for as long as the same field is selected: a field shows the bytes that it is in. */
  const [tab, setTab] = useState<{ readonly field: FieldNode | null; readonly source: number } | null>(null);
  const wanted = tab && tab.field === selected ? tab.source : found ? 0 : (selected?.source ?? 0);
  const source = wanted < sources.length ? wanted : 0;
  const shown = sources[source];

  return (
    <section className={styles.pane} data-testid="packet-bytes">
      <header className={styles.paneHeader}>
        <h2 className="eyebrow">{words.bytes}</h2>
        {sources.length > 1 && (
          <div className={styles.tabs} role="tablist" aria-label={words.bytes}>
            {sources.map(({ title, bytes }, index) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: sources are told apart by their index, which fields refer to
                key={index}
                type="button"
                role="tab"
                className={styles.tab}
                aria-selected={index === source}
                onClick={() => setTab({ field: selected, source: index })}
              >
                {title} ({bytes.length} B)
              </button>
            ))}
          </div>
        )}
      </header>
      <div className={styles.paneBody}>
        {shown && shown.bytes.length > 0 ? (
          <HexView
            label={words.hex(shown.title)}
            bytes={shown.bytes}
            selected={selected?.source === source ? selected : null}
            found={source === 0 ? found : null}
            hovered={hovered?.source === source ? hovered : null}
            onSelect={(offset) => onSelect(source, offset)}
            onHover={(offset) => onHover(source, offset)}
            onMenu={(offset, at) => onMenu(source, offset, at)}
            describe={(offset) =>
              words.byte(
                offset.toString(16).padStart(4, '0'),
                (shown.bytes[offset] ?? 0).toString(16).padStart(2, '0'),
                fieldAt(source, offset)?.label ?? '',
              )
            }
          />
        ) : (
          <p className={styles.message}>{words.noBytes}</p>
        )}
      </div>
    </section>
  );
}
