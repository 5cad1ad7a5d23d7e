import type { Result } from '../../shared/base/result';
import { ok } from '../../shared/base/result';
import type { AddressIndex } from '../../shared/model/units';
import type { Capture } from '../capture';
import type { OpenedCapture } from '../store/records';
import type { Store } from '../store/store';
import { AlertOutbox } from './alert-outbox';
import { CaptureRecorder } from './capture-recorder';

/** A capture whose traffic and alerts are kept: made before its first packet is read. */
export class RecordedCapture {
  readonly #capture: Capture;
  readonly #store: Store;
  readonly #opened: OpenedCapture;
  readonly #alerts: AlertOutbox;
  /** Null: all of it is known from an earlier time. */
  readonly #recorder: CaptureRecorder | null;

  constructor(capture: Capture, path: string, store: Store, opened: OpenedCapture, countryOf: (address: AddressIndex) => string | null) {
    this.#capture = capture;
    this.#store = store;
    this.#opened = opened;
    this.#alerts = new AlertOutbox(capture, countryOf);
    this.#recorder = opened.complete
      ? null
      : new CaptureRecorder({ capture, path, store, recording: opened, alerts: this.#alerts, countryOf });
    capture.recorder = this.#recorder;
  }

  /** Keeps what is left: alerts, flows that went on. `wholly`: the capture was read to its end. Gives the first problem that there was. */
  async end(wholly: boolean): Promise<Result<null>> {
    this.#capture.recorder = null;
    // Nothing came: there is nothing to remember it by.
    if (this.#capture.tables.packets.count === 0 && !this.#opened.known) return forgotten(await this.#store.forget(this.#opened.captureId));
    const saved = await this.#store.saveAlerts(this.#opened.captureId, this.#alerts.changed(), wholly ? this.#alerts.keys() : undefined);
    const finished = (await this.#recorder?.finish(wholly)) ?? ok(null);
    return saved.ok ? finished : saved;
  }
}

const forgotten = (answer: Result<number>): Result<null> => (answer.ok ? ok(null) : answer);
