import { create } from 'zustand';
import { showView } from './layout';

export type PacketDialog = 'columns' | 'rules';

/** The dialog of the packet list that is open. */
export const usePacketDialogs = create<{ readonly open: PacketDialog | null }>(() => ({ open: null }));

export function showPacketDialog(open: PacketDialog): void {
  showView('packets');
  usePacketDialogs.setState({ open });
}

export const closePacketDialog = (): void => usePacketDialogs.setState({ open: null });
