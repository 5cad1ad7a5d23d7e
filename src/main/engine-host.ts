import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import type { EngineState } from '../shared/contract/desktop';
import type { MainToEngine, ReadyMessage } from '../shared/contract/engine-process';
import { CHANNELS } from '../shared/contract/ipc-channels';

const FIRST_DELAY_MS = 250;
/** Six ends in a row, the delays between them growing to 8 s, are no accident any more. */
const MOST_ATTEMPTS = 6;
/** An engine that ran this long was well: the next end starts the count anew. */
const STEADY_MS = 60_000;

/** What is said to the engine and heard from it besides the pages' channels. */
export interface EngineTalk {
  /** The first messages to an engine that has just started. */
  greetings(): readonly MainToEngine[];
  /** A message that says more than that it is ready; its shape was not looked at yet. */
  hear(message: unknown): void;
  /** It ended unexpectedly. */
  ended(): void;
}

/**
 * Keeps the engine's process running and gives each page that asks one end of a channel to it. The data then passes between the two
 * without main.
 */
export class EngineHost {
  readonly #entry: string;
  readonly #talk: EngineTalk;
  readonly #connected = new Set<WebContents>();
  #engine: UtilityProcess | null = null;
  #state: EngineState = { phase: 'starting' };
  #failures = 0;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(entry: string, talk: EngineTalk) {
    this.#entry = entry;
    this.#talk = talk;
  }

  get state(): EngineState {
    return this.#state;
  }

  start(): void {
    this.#startedAt = performance.now();
    const engine = utilityProcess.fork(this.#entry, [], { serviceName: 'Portlight engine', stdio: 'inherit' });
    this.#engine = engine;
    engine.once('spawn', () => {
      for (const greeting of this.#talk.greetings()) engine.postMessage(greeting);
      for (const contents of this.#connected) this.#broker(engine, contents);
    });
    engine.on('message', (message: unknown) => {
      if (isReady(message)) this.#enter({ phase: 'ready' });
      else this.#talk.hear(message);
    });
    engine.once('exit', (code) => this.#ended(code));
  }

  /** Starts an engine that gave up, at the person's wish. */
  restart(): void {
    if (this.#state.phase !== 'failed') return;
    this.#failures = 0;
    this.#enter({ phase: 'starting' });
    this.start();
  }

  /** Gives this page a new port now (once the process is up) and after every restart, until the page is gone. */
  connect(contents: WebContents): void {
    if (!this.#connected.has(contents)) {
      this.#connected.add(contents);
      contents.once('destroyed', () => this.#connected.delete(contents));
    }
    if (this.#engine?.pid !== undefined) this.#broker(this.#engine, contents);
  }

  /** To the engine that runs; one that starts later is greeted. */
  tell(message: MainToEngine): void {
    if (this.#engine?.pid !== undefined) this.#engine.postMessage(message);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#engine?.kill();
  }

  #broker(engine: UtilityProcess, contents: WebContents): void {
    if (contents.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    engine.postMessage({ type: 'port' } satisfies MainToEngine, [port1]);
    contents.postMessage(CHANNELS.enginePort, null, [port2]);
  }

  #ended(exitCode: number): void {
    this.#engine = null;
    if (this.#stopped) return;
    this.#talk.ended();
    this.#failures = performance.now() - this.#startedAt > STEADY_MS ? 1 : this.#failures + 1;
    if (this.#failures >= MOST_ATTEMPTS) {
      this.#enter({ phase: 'failed', exitCode });
      return;
    }
    const delayMs = FIRST_DELAY_MS * 2 ** (this.#failures - 1);
    this.#enter({ phase: 'restarting', attempt: this.#failures, delayMs, exitCode });
    this.#timer = setTimeout(() => this.start(), delayMs);
  }

  #enter(state: EngineState): void {
    this.#state = state;
    for (const contents of this.#connected) if (!contents.isDestroyed()) contents.send(CHANNELS.engineState, state);
  }
}

const isReady = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
