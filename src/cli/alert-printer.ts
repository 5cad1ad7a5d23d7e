import type { Capture } from '../engine/capture';
import { alertRecord } from './alert-records';
import { alertLine } from './alerts';
import type { Output } from './output';

/** Prints alerts of a capture as they are raised, each once: JSON Lines, or tab-separated cells. */
export class AlertPrinter {
  readonly #capture: Capture;
  readonly #output: Output;
  readonly #json: boolean;
  #printed = 0;

  constructor(capture: Capture, output: Output, json: boolean) {
    this.#capture = capture;
    this.#output = output;
    this.#json = json;
  }

  /** Those that are new since the last time. */
  print(): void {
    const alerts = this.#capture.detection?.book.alerts ?? [];
    if (this.#printed === alerts.length) return;
    for (; this.#printed < alerts.length; this.#printed++) {
      const alert = alerts[this.#printed];
      if (alert === undefined || alert.parent !== null) continue;
      const record = alertRecord(this.#capture, alert);
      this.#output.line(this.#json ? JSON.stringify(record) : alertLine(record));
    }
    this.#output.flush();
  }
}
