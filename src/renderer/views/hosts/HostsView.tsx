import { useState } from 'react';
import { texts } from '../../texts';
import { Split, SplitPane } from '../../widgets/split/Split';
import { BlockDialog } from './BlockDialog';
import { HostList } from './HostList';
import { HostPage } from './HostPage';

/** All addresses of the capture, and what is known of the selected one. */
export function HostsView() {
  const [blocking, setBlocking] = useState<string | null>(null);
  return (
    <>
      <Split id="hosts" direction="horizontal">
        <SplitPane id="list" size="60%" minSize="320px">
          <HostList onBlock={setBlocking} />
        </SplitPane>
        <SplitPane id="page" size="40%" minSize="320px" maxSize="760px" edge={texts.hosts.page.region}>
          <HostPage onBlock={setBlocking} />
        </SplitPane>
      </Split>
      <BlockDialog address={blocking} onClose={() => setBlocking(null)} />
    </>
  );
}
