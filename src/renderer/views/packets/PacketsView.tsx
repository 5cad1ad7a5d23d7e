import { texts } from '../../texts';
import { Split, SplitPane } from '../../widgets/split/Split';
import { PacketDetailsPane } from './PacketDetailsPane';
import { PacketDialogs } from './PacketDialogs';
import { PacketList } from './PacketList';

export function PacketsView() {
  return (
    <>
      <Split id="packets" direction="vertical">
        <SplitPane id="list" size="62%" minSize="120px">
          <PacketList />
        </SplitPane>
        <SplitPane id="details" size="38%" minSize="90px" edge={texts.packets.details.tree}>
          <PacketDetailsPane />
        </SplitPane>
      </Split>
      <PacketDialogs />
    </>
  );
}
