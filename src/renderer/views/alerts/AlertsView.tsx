import { useState } from 'react';
import type { AlertRow } from '../../../shared/model/alerts';
import { useAlertQuery } from '../../stores/alert-query';
import { useAlerts } from '../../stores/alerts';
import { texts } from '../../texts';
import { Split, SplitPane } from '../../widgets/split/Split';
import { AlertDetail } from './AlertDetail';
import { AlertList } from './AlertList';
import styles from './alerts.module.css';
import { GroupList } from './GroupList';
import { Lanes } from './Lanes';
import { MuteDialog } from './MuteDialog';
import { MutesDialog } from './MutesDialog';
import { NoAlerts } from './NoAlerts';
import { SendDialog } from './SendDialog';
import { Toolbar } from './Toolbar';

/** Alerts over time, their list, and what is known of the selected one. */
export function AlertsView() {
  const news = useAlerts((state) => state.news);
  const grouping = useAlertQuery((state) => state.grouping);
  const [muting, setMuting] = useState<AlertRow | null>(null);
  const [showsMutes, setShowsMutes] = useState(false);
  const [sends, setSends] = useState(false);
  // Nothing was found: no list of nothing, but what was looked for.
  if (!news || news.total === 0) {
    return (
      <div className={styles.nothing}>
        <NoAlerts isCounted={news !== null} />
      </div>
    );
  }
  return (
    <div className={styles.view}>
      <Lanes />
      <div className={styles.panes}>
        <Split id="alerts" direction="horizontal">
          <SplitPane id="list" size="64%" minSize="320px">
            <div className={styles.left}>
              <Toolbar onMutes={() => setShowsMutes(true)} onSend={() => setSends(true)} />
              <div className={styles.lists}>
                {grouping !== null && <GroupList by={grouping} />}
                <AlertList onMute={setMuting} />
              </div>
            </div>
          </SplitPane>
          <SplitPane id="detail" size="36%" minSize="280px" maxSize="720px" edge={texts.alerts.detail.region}>
            <AlertDetail onMute={setMuting} />
          </SplitPane>
        </Split>
      </div>
      <MuteDialog alert={muting} onClose={() => setMuting(null)} />
      <MutesDialog opened={showsMutes} onClose={() => setShowsMutes(false)} />
      <SendDialog opened={sends} onClose={() => setSends(false)} />
    </div>
  );
}
