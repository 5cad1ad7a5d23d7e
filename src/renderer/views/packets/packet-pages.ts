import type { PacketRow } from '../../../shared/model/records';
import { RowPages } from '../../client/row-pages';

export class PacketPages extends RowPages<PacketRow> {
  /** A time stamp with more than microseconds was among the rows. */
  nanoseconds = false;

  override reset(keep: boolean): void {
    if (!keep) this.nanoseconds = false;
    super.reset(keep);
  }

  protected override onRows(rows: readonly PacketRow[]): void {
    this.nanoseconds ||= rows.some(({ epoch }) => epoch !== '' && !epoch.endsWith('000'));
  }
}
