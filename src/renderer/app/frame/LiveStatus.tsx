import { IconPlayerRecordFilled, IconPlayerStopFilled, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LiveSourceInfo, LiveState } from '../../../shared/contract/live';
import { showAddSource } from '../../stores/layout';
import { liveRate } from '../../stores/live';
import { isCapturing, selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBitRate, formatCount, formatRate } from '../../widgets/format/numbers';
import { restartCapture, stopCapture } from '../live';
import styles from './live.module.css';

const words = texts.live;

/** How a capture that goes on is doing: state, rate, what is missing, and the button that ends it or begins it anew. */
export function LiveStatus() {
  const live = useSession((state) => state.tick?.live ?? null);
  const capturing = useSession((state) => isCapturing(state.tick));
  if (live === null) return null;
  return (
    <div className={styles.live} data-testid="live-status">
      <State live={live} capturing={capturing} />
      {capturing && <CaptureRate />}
      {live.kind !== 'demo' && <Dropped live={live} />}
      <Gaps live={live} />
      {live.sources.length > 1 && <SourceCount sources={live.sources} />}
      {capturing && live.sources.length > 0 && <AddSource />}
      {capturing ? <StopButton /> : <RestartButton />}
    </div>
  );
}

function State({ live, capturing }: { readonly live: LiveState; readonly capturing: boolean }) {
  const state = capturing ? (live.reconnecting ? 'reconnecting' : 'capturing') : live.problem ? 'ended' : 'stopped';
  const isDemo = live.kind === 'demo';
  const hint = {
    capturing: isDemo ? texts.demo.runningHint : words.capturingHint,
    reconnecting: live.gaps.at(-1)?.reason ?? '',
    stopped: words.stoppedHint,
    ended: live.problem?.sentence ?? '',
  }[state];
  return (
    <span className={styles.state} data-state={state} title={hint}>
      <span className={styles.dot} aria-hidden />
      {isDemo && capturing ? texts.demo.running : words[state]}
    </span>
  );
}

const EVERY_MS = 500;

function CaptureRate() {
  const [rate, setRate] = useState(liveRate);
  useEffect(() => {
    const timer = setInterval(() => setRate(liveRate()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (rate === null) return null;
  return (
    <span className={styles.rate} title={words.rateHint} data-testid="live-rate">
      {words.packetRate(formatRate(rate.packetsPerSecond))}
      <span className={styles.bits}> · {formatBitRate(rate.bitsPerSecond)}</span>
    </span>
  );
}

/** What nobody counted is not none. */
function Dropped({ live: { dropped, received } }: { readonly live: LiveState }) {
  if (dropped === null) {
    return (
      <span className={styles.unknown} title={words.droppedUnknownHint} data-testid="live-drops">
        {words.droppedUnknown}
      </span>
    );
  }
  const hint = received === null ? texts.frame.source.droppedHint : words.droppedHint(formatCount(received));
  return (
    <span className={styles.dropped} data-some={dropped > 0 ? '' : undefined} title={hint} data-testid="live-drops">
      {words.dropped(formatCount(dropped))}
    </span>
  );
}

function Gaps({ live: { gapCount, gaps } }: { readonly live: LiveState }) {
  if (gapCount === 0) return null;
  const latest = gaps.at(-1)?.reason ?? '';
  return (
    <span className={styles.dropped} data-some="" title={`${words.gapsHint} ${latest}`}>
      {words.gaps(formatCount(gapCount), gapCount === 1)}
    </span>
  );
}

/** Each with its own counts, to be pointed at. */
function SourceCount({ sources }: { readonly sources: readonly LiveSourceInfo[] }) {
  const hasTrouble = sources.some(({ problem, reconnecting }) => problem !== null || reconnecting);
  return (
    <span
      className={styles.sources}
      data-some={hasTrouble ? '' : undefined}
      title={sources.map(sourceLine).join('\n')}
      data-testid="live-sources"
    >
      {words.sources(formatCount(sources.length))}
    </span>
  );
}

function sourceLine({ name, received, dropped, reconnecting, ended, problem }: LiveSourceInfo): string {
  if (problem !== null || ended) return words.sourceEnded(name, problem?.sentence ?? '');
  if (reconnecting) return words.sourceLost(name);
  const lost = dropped === null ? words.droppedUnknown : words.dropped(formatCount(dropped));
  return words.source(name, received === null ? words.receivedUnknown : words.received(formatCount(received)), lost);
}

function AddSource() {
  return (
    <button type="button" className="icon-button" aria-label={words.add} title={words.add} onClick={showAddSource}>
      <IconPlus size={15} aria-hidden />
    </button>
  );
}

function StopButton() {
  const session = useSession(selectSessionId);
  const [stopped, setStopped] = useState<number | null>(null);
  const isDemo = useSession((state) => state.tick?.live?.kind === 'demo');
  const stopping = stopped === session;
  const stop = (): void => {
    setStopped(session);
    void stopCapture();
  };
  return (
    <button
      type="button"
      className={`button ${styles.stop}`}
      disabled={stopping}
      title={isDemo ? texts.demo.stop : words.stopHint}
      onClick={stop}
    >
      <IconPlayerStopFilled size={13} aria-hidden />
      {stopping ? words.stopping : words.stop}
    </button>
  );
}

function RestartButton() {
  return (
    <button type="button" className="button" title={words.restartHint} onClick={() => void restartCapture()}>
      <IconPlayerRecordFilled size={13} aria-hidden />
      {words.restart}
    </button>
  );
}
