import { PacketFlag } from '../../../shared/model/packet-flags';
import type { PacketRow } from '../../../shared/model/records';
import { texts } from '../../texts';
import type { RowSign } from '../../widgets/data-grid/row-pool';

const words = texts.annotations;

const MARKED: RowSign = { name: 'marked', label: words.marked };
const COMMENTED: RowSign = { name: 'commented', label: words.commented };
const BOTH: RowSign = { name: 'marked commented', label: `${words.marked}, ${words.commented.toLowerCase()}` };

/** What a person, or the file, said of the packet. */
export function signOf({ flags }: PacketRow): RowSign | null {
  const marked = (flags & PacketFlag.Marked) !== 0;
  const commented = (flags & PacketFlag.Comment) !== 0;
  return marked ? (commented ? BOTH : MARKED) : commented ? COMMENTED : null;
}
