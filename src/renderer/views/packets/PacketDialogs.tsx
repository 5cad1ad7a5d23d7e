import { closePacketDialog, usePacketDialogs } from '../../stores/packet-dialogs';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { ColumnsForm } from './columns-dialog/ColumnsForm';
import { RulesForm } from './rules/RulesForm';

/** How the list looks, for a person to change. */
export function PacketDialogs() {
  const open = usePacketDialogs((state) => state.open);
  return (
    <>
      <Dialog title={texts.packets.columnDialog.title} size={620} opened={open === 'columns'} onClose={closePacketDialog}>
        <ColumnsForm />
      </Dialog>
      <Dialog title={texts.colouring.title} size={1080} opened={open === 'rules'} onClose={closePacketDialog}>
        <RulesForm onDone={closePacketDialog} />
      </Dialog>
    </>
  );
}
