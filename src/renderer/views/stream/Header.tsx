import { IconFilter, IconX } from '@tabler/icons-react';
import type { StreamState } from '../../../shared/contract/stream';
import { applyFilter } from '../../stores/filter';
import { flowNumberTest } from '../../stores/filter-text';
import { closeFollow } from '../../stores/follow';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import styles from './stream.module.css';

const words = texts.stream;

/** Whose stream it is, what each side sent, and what is not in it. */
export function Header({ state, flow }: { readonly state: StreamState | null; readonly flow: number }) {
  const showPackets = async (): Promise<void> => {
    if (!(await applyFilter(flowNumberTest({ index: flow })))) return;
    showView('packets');
    closeFollow();
  };
  return (
    <header className={styles.header}>
      <div className={styles.titleRow}>
        <h2 className={styles.title}>{state ? words.title(state.protocol) : words.follow}</h2>
        {state && <span className={styles.number}>{words.number(formatCount(state.number))}</span>}
        <span className={styles.space} />
        <button type="button" className="button" data-small onClick={() => void showPackets()}>
          <IconFilter size={13} stroke={1.7} aria-hidden />
          {words.showPackets}
        </button>
        <button type="button" className="icon-button" aria-label={words.close} title={`${words.close} (Esc)`} onClick={closeFollow}>
          <IconX size={15} aria-hidden />
        </button>
      </div>
      {state && (
        <div className={styles.ends}>
          {([0, 1] as const).map((side) => (
            <span key={side} className={styles.end} data-side={side}>
              <span className={styles.side}>
                {words.arrows[side]} {words.sides[side]}
              </span>
              <span className="mono selectable">{words.end(state.ends[side].address, state.ends[side].port)}</span>
              <span className={styles.amount}>{words.sent(formatBytes(state.bytes[side]), formatCount(state.packets[side]))}</span>
            </span>
          ))}
        </div>
      )}
      {state && <Notes state={state} />}
    </header>
  );
}

function Notes({ state }: { readonly state: StreamState }) {
  const { notes } = words;
  const sum = ([client, server]: readonly [number, number]): number => client + server;
  const list: string[] = [];
  if (sum(state.lost) > 0) list.push(notes.lost(formatBytes(sum(state.lost))));
  if (sum(state.cut) > 0) list.push(notes.cut(formatBytes(sum(state.cut))));
  if (sum(state.repeated) > 0) list.push(notes.repeated(formatBytes(sum(state.repeated))));
  if (state.unreadable > 0) list.push(notes.unreadable(formatCount(state.unreadable)));
  if (state.beginningForgotten) list.push(notes.forgotten);
  if (state.truncated) list.push(notes.truncated);
  return list.length === 0 ? null : <p className={styles.notes}>{list.join(' · ')}</p>;
}
