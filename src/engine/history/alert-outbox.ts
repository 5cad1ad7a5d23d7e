import type { AddressIndex } from '../../shared/model/units';
import { alertDetails, alertKey, alertRow } from '../alerts/alert-rows';
import type { Capture } from '../capture';
import type { Alert } from '../detectors/alert';
import type { StoredAlert } from '../store/records';

/** Which alerts of a capture are to be kept, and as what: each when it was raised, and again when it changed. */
export class AlertOutbox {
  readonly #capture: Capture;
  readonly #countryOf: (address: AddressIndex) => string | null;
  /** Revision of each alert when it was handed over, by its place in the book; of the whole book as well. */
  readonly #sent: (number | undefined)[] = [];
  #sentRevision = 0;
  /** Where the last look ended: alerts that change all the time leave none of the others out. */
  #next = -1;

  constructor(capture: Capture, countryOf: (address: AddressIndex) => string | null) {
    this.#capture = capture;
    this.#countryOf = countryOf;
  }

  /** Those that are new or changed, at most `limit`; the others next time. */
  changed(limit = Number.POSITIVE_INFINITY): StoredAlert[] {
    const book = this.#capture.detection?.book;
    if (!book || book.revision === this.#sentRevision) return [];
    const rows: StoredAlert[] = [];
    const { length } = book.alerts;
    for (let looked = 0; looked < length; looked++) {
      if (rows.length >= limit) return rows;
      this.#next = (this.#next + 1) % length;
      const alert = book.alerts[this.#next];
      if (!alert || this.#sent[this.#next] === alert.revision) continue;
      this.#sent[this.#next] = alert.revision;
      rows.push(this.#stored(alert));
    }
    this.#sentRevision = book.revision;
    return rows;
  }

  /** Of every alert that was found. */
  keys(): string[] {
    const { detection, tables } = this.#capture;
    return (detection?.book.alerts ?? []).map((alert) => alertKey(tables, alert));
  }

  #stored(alert: Alert): StoredAlert {
    const { tables } = this.#capture;
    const key = alertKey(tables, alert);
    const row = alertRow(tables, alert, { key, status: 'open', note: '', mute: null }, this.#countryOf);
    const details = alertDetails(tables, alert, row, [], []);
    const { id, time, lastTime, status, note, mute, notes, children, techniqueName, ...stored } = details;
    return { ...stored, parentKey: alert.parent && alertKey(tables, alert.parent) };
  }
}
