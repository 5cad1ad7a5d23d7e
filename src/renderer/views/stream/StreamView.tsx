import { Loader } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { StreamFormat, StreamSender } from '../../../shared/contract/stream';
import { closeFollow } from '../../stores/follow';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';
import { ProblemBox } from '../../widgets/problem/ProblemBox';
import { Header } from './Header';
import { Lines, type LinesHandle } from './Lines';
import { linesOf, partsOf, plainText } from './lines';
import { PartBar } from './PartBar';
import { type SearchWords, StreamSearch } from './StreamSearch';
import { saveStream } from './save';
import { marksOf, patternOf } from './search';
import styles from './stream.module.css';
import { Toolbar } from './Toolbar';
import { PART, useMatches, useStream } from './useStream';

const words = texts.stream;

/** One flow's stream over the view that it was opened from; Escape leads back there. */
export function StreamView({ flow }: { readonly flow: number }) {
  const [part, setPart] = useState(0);
  const [format, setFormat] = useState<StreamFormat>('text');
  const [sender, setSender] = useState<StreamSender | null>(null);
  const [search, setSearch] = useState<SearchWords>({ text: '', hex: false, matchCase: false });
  const [current, setCurrent] = useState(0);
  const [columns, setColumns] = useState(100);
  const { window: shown, problem } = useStream(flow, part);
  const list = useRef<LinesHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  useFocusBack();

  const pattern = useMemo(() => patternOf(search.text, search.hex), [search.text, search.hex]);
  const found = useMatches(flow, pattern, !search.hex && !search.matchCase, sender, shown?.state.size ?? 0);
  const parts = useMemo(() => (shown ? partsOf(shown.pieces, sender, shown.state.protocol === 'TCP') : []), [shown, sender]);
  const bytes = shown?.bytes ?? EMPTY;
  const lines = useMemo(() => linesOf(parts, bytes, format, columns), [parts, bytes, format, columns]);
  const runs = useMemo(() => parts.flatMap((each) => ('run' in each ? [each.run] : [])), [parts]);
  const marks = useMemo(
    () => (found && found.total > 0 ? marksOf(runs, bytes.length, found.matches, found.length, current) : null),
    [found, runs, bytes, current],
  );

  // The first match is gone to as soon as it is found.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something else is found
  useEffect(() => setCurrent(0), [found]);
  const match = found?.matches[current];
  useEffect(() => {
    if (match) setPart(Math.floor(match.position / PART));
  }, [match]);
  const markedLine = useMemo(
    () => (marks ? lines.findIndex((line) => line.kind === 'bytes' && marks.subarray(line.start, line.end).includes(2)) : -1),
    [lines, marks],
  );
  useEffect(() => {
    if (markedLine >= 0) list.current?.reveal(markedLine);
  }, [markedLine]);

  const goTo = (step: number): void => {
    const count = found?.matches.length ?? 0;
    if (count > 0) setCurrent((at) => (at + step + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'f';
    if (event.key !== 'Escape' && !isFind) return;
    event.preventDefault();
    if (isFind) field.current?.select();
    else if (search.text !== '' && document.activeElement === field.current) setSearch({ ...search, text: '' });
    else closeFollow();
  };
  const move = (to: number): void => {
    setPart(to);
    list.current?.reveal(0);
  };

  const { state } = shown ?? {};
  const partCount = Math.max(1, Math.ceil((state?.size ?? 0) / PART));
  return (
    <section
      className={styles.view}
      aria-label={words.follow}
      onKeyDown={onKeyDown}
      data-testid="stream"
      aria-busy={!state?.done && !problem}
    >
      <Header state={state ?? null} flow={flow} />
      {problem && (
        <div className={styles.message}>
          <ProblemBox title={words.failed} problem={problem} onCopy={(text) => void window.portlight.copyText(text)} />
        </div>
      )}
      {state && shown && state.size > 0 && (
        <>
          <div className={styles.toolbar}>
            <Toolbar
              format={format}
              onFormat={setFormat}
              sender={sender}
              onSender={setSender}
              onCopy={() => void window.portlight.copyText(plainText(lines, bytes, format))}
              onSave={() => void saveStream(state, format, sender)}
            />
            <StreamSearch
              field={field}
              search={search}
              onSearch={setSearch}
              isWrong={pattern === null}
              found={found}
              current={current}
              onStep={goTo}
            />
          </div>
          <Lines ref={list} lines={lines} bytes={bytes} format={format} marks={marks} onColumns={setColumns} />
          {partCount > 1 && <PartBar part={part} count={partCount} onPart={move} />}
        </>
      )}
      {!problem && !state?.done && (
        <div className={styles.progress} role="status">
          <Loader size={14} />
          {words.loading(formatCount(state?.packetsRead ?? 0), formatCount(state?.packetsToRead ?? 0))}
        </div>
      )}
      {state?.done && state.size === 0 && (
        <Notice title={words.empty} sentence={state.cut[0] + state.cut[1] > 0 ? words.emptyCut : words.emptySentence} />
      )}
    </section>
  );
}

const EMPTY = new Uint8Array(0);

/** What had the focus before has it again, unless something else took it. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
