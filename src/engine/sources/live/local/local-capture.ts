import type { Readable } from 'node:stream';
import { fail, ok, type Problem, type Result } from '../../../../shared/base/result';
import type { CaptureTool } from '../../../../shared/model/capture-interfaces';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd } from '../live-capture';
import { CaptureProcess, type ProcessEnd } from './capture-process';
import { dialectOf, type LocalCaptureOptions, type Report } from './dialects';
import { type LocalProblemCode, localProblem, nameOf, oneLine, toolMissing } from './problems';

/** A reader that has not taken what is left so long after the program's end does not read any more. */
const LAST_READ_MS = 5000;
/** A shell's status for a program that a signal ended is this and the signal's number (POSIX, 2.8.2). */
const SIGNALLED = 128;
/** An interface that goes down and up all day is told so often. */
const MAX_WARNINGS = 20;
/** No program takes so long to open an interface. */
const LONGEST_OPEN_MS = 10_000;

/**
 * Starts a capture on this machine with the first of the programs that may. Gives the capture once it has begun, or why none could; `signal`
 * ends it, before or after.
 */
export async function openLocalCapture(
  tools: readonly CaptureTool[],
  options: LocalCaptureOptions,
  signal?: AbortSignal,
): Promise<Result<LiveCapture>> {
  let first: Result<LiveCapture> | null = null;
  for (const tool of tools) {
    const opened = await openWith(tool, options, signal);
    // Another program may have the right that this one lacks; what else is wrong is wrong for all.
    if (opened.ok || opened.problem.code !== 'no-rights') return opened;
    first ??= opened;
  }
  return first ?? { ok: false, problem: toolMissing };
}

async function openWith(tool: CaptureTool, options: LocalCaptureOptions, signal?: AbortSignal): Promise<Result<LiveCapture>> {
  if (isAborted(signal)) return cancelled;
  const capture = new LocalCapture(tool, options);
  const onAbort = (): void => {
    void capture.stop();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  void capture.ended.then(() => signal?.removeEventListener('abort', onAbort));
  const problem = await capture.begun;
  if (isAborted(signal)) return cancelled;
  return problem === null ? ok(capture) : { ok: false, problem };
}

const cancelled = fail('cancelled', 'Capturing was cancelled.');
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

class LocalCapture implements LiveCapture {
  readonly name: string;
  readonly stream: Readable;
  /** An interface of this machine that is down for a while gives no packets: nothing is missing. */
  readonly gaps: readonly CaptureGap[] = [];
  readonly warnings: Problem[] = [];
  readonly ended: Promise<LiveEnd>;
  /** Null once packets can come, else why they cannot. */
  readonly begun: Promise<Problem | null>;
  readonly #tool: CaptureTool;
  readonly #process: CaptureProcess;
  #counts: LiveCounts = { received: null, droppedByKernel: null, droppedByInterface: null };
  #failure: { readonly code: LocalProblemCode; readonly reason: string } | null = null;
  #lastLine = '';
  #isUp = true;
  #finished = false;
  #stopping = false;
  #begin: () => void = () => undefined;

  constructor(tool: CaptureTool, options: LocalCaptureOptions) {
    this.#tool = tool;
    this.name = options.interface;
    const dialect = dialectOf(tool);
    const started = new Promise<null>((settle) => {
      this.#begin = () => settle(null);
    });
    this.#process = new CaptureProcess(tool.path, dialect.arguments(options), !dialect.endsWithInput, (line) => {
      if (line.trim() !== '') this.#lastLine = line;
      this.#take(dialect.read(line));
    });
    this.stream = this.#process.stdout;
    // A reader that comes later must find a listener here, or a broken pipe would end the program.
    this.stream.on('error', () => undefined);
    const over = this.#process.over.then((end) => this.#problemOf(end));
    const timer = setTimeout(() => void this.stop(), LONGEST_OPEN_MS);
    const failed = over.then((problem) => problem ?? localProblem('tool-failed', tool, this.name, 'it ended before it began'));
    this.begun = Promise.race([started, failed]).then((problem) => {
      clearTimeout(timer);
      return problem;
    });
    this.ended = over.then(async (problem) => {
      await this.#read();
      return { problem, counts: this.#counts };
    });
  }

  counts(): LiveCounts {
    return this.#counts;
  }

  stop(): Promise<LiveEnd> {
    this.#stopping = true;
    this.#process.stop();
    return this.ended;
  }

  #take({ ready, counts, up, failure, ended }: Report): void {
    if (counts) this.#counts = { ...this.#counts, ...counts };
    if (up !== undefined) this.#look(up);
    if (failure) this.#failure ??= failure;
    if (ended) this.#finished = true;
    if (ready && this.#failure === null) this.#whenHeaderCame();
  }

  #look(up: boolean): void {
    if (this.#isUp && !up && this.warnings.length < MAX_WARNINGS) {
      const { code, sentence, next } = localProblem('interface-down', this.#tool, this.name, '');
      this.warnings.push({ code, sentence: `${sentence} Capturing goes on when it is up again.`, ...(next && { next }) });
    }
    this.#isUp = up;
  }

  /** The program says that it listens before it knows whether it may: the file header decides. */
  #whenHeaderCame(): void {
    if (this.stream.readableLength > 0) this.#begin();
    else this.stream.once('readable', () => this.stream.readableLength > 0 && this.#begin());
  }

  #problemOf({ status, signal, error }: ProcessEnd): Problem | null {
    const problem = (code: LocalProblemCode, reason: string): Problem => localProblem(code, this.#tool, this.name, reason);
    if (error === 'EACCES' || error === 'EPERM') return problem('no-rights', error);
    if (error !== null) return problem('tool-failed', error);
    if (this.#failure !== null) return problem(this.#failure.code, this.#failure.reason);
    if (this.#finished || (this.#stopping && signal === null)) return null;
    // Nobody wants the rest.
    if (this.stream.destroyed && !this.stream.readableEnded) return null;
    if (signal !== null) return problem('tool-killed', `it got ${signal}`);
    if (status !== null && status > SIGNALLED) return problem('tool-killed', `it got signal ${status - SIGNALLED}`);
    return status === 0
      ? null
      : problem('tool-failed', this.#lastLine === '' ? `${nameOf(this.#tool)} gave status ${status}` : oneLine(this.#lastLine));
  }

  /** Waits until the stream was read to its end, or is not read any more. */
  async #read(): Promise<void> {
    const { stream } = this;
    if (stream.readableEnded || stream.destroyed) return;
    await new Promise<void>((settle) => {
      const timer = setTimeout(settle, LAST_READ_MS);
      stream.once('close', () => {
        clearTimeout(timer);
        settle();
      });
    });
  }
}
