import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useFollow } from '../stores/follow';
import { showsInspector, useLayout } from '../stores/layout';
import { useProfiles } from '../stores/profiles';
import { phaseOf, useSession } from '../stores/session';
import { texts } from '../texts';
import { mantineTheme, mantineVariables } from '../theme/mantine';
import { schemeOf } from '../theme/theme';
import { ValueMenu } from '../values/ValueMenu';
import { SettingsView } from '../views/settings/SettingsView';
import { StreamView } from '../views/stream/StreamView';
import { Split, SplitPane } from '../widgets/split/Split';
import styles from './app.module.css';
import { BrushPanel } from './brush/BrushPanel';
import { Dialogs } from './dialogs/Dialogs';
import { ExportDialog } from './export/ExportDialog';
import { Writing } from './export/Writing';
import { Banners } from './frame/Banners';
import { DropTarget } from './frame/DropTarget';
import { Rail } from './frame/Rail';
import { StatusBar } from './frame/StatusBar';
import { TopBar } from './frame/TopBar';
import { Inspector } from './inspector/Inspector';
import { LeaveDialog } from './leave/LeaveDialog';
import { Palette } from './Palette';
import { Prepare } from './prepare';
import { useShortcuts } from './shortcuts';
import { SshQuestions } from './ssh/SshQuestions';
import { SessionState } from './start/SessionState';
import { Sources } from './start/Sources';
import { VIEWS } from './views';

/** With the words that controls of the library have none for. */
const wordedTheme = mergeThemeOverrides(mantineTheme, {
  components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': texts.frame.close } } } },
});

export function App() {
  const theme = useLayout((state) => state.theme);
  useShortcuts();
  return (
    <MantineProvider theme={wordedTheme} cssVariablesResolver={mantineVariables} forceColorScheme={schemeOf(theme)}>
      <Notifications position="bottom-right" autoClose={5000} />
      <Frame />
      <Prepare />
      <Dialogs />
      <LeaveDialog />
      <ExportDialog />
      <Writing />
      <Palette />
      <SshQuestions />
      <DropTarget />
      <ValueMenu />
    </MantineProvider>
  );
}

/** The frame stays; only the view in it changes. Without packets it holds what there is to say instead. */
function Frame() {
  const isOpen = useSession((state) => phaseOf(state) === 'open');
  const settings = useLayout((state) => state.settings);
  const sources = useLayout((state) => state.sources !== null);
  const switches = useProfiles((state) => state.switches);
  return (
    <div className={styles.app} data-open={isOpen ? '' : undefined}>
      <TopBar />
      {isOpen && <Rail />}
      {isOpen && <BrushPanel />}
      <main className={styles.main}>
        <Banners />
        <div className={styles.view}>
          {settings ? <SettingsView /> : sources ? <Sources /> : isOpen ? <Workspace key={switches} /> : <SessionState />}
        </div>
      </main>
      <StatusBar />
    </div>
  );
}

function Workspace() {
  const view = useLayout((state) => state.view);
  const inspector = useLayout(showsInspector);
  const followed = useFollow((state) => state.flow);
  const {
    component: View,
    id,
    hasOwnDetails,
  } = VIEWS.find((each) => each.id === view) ??
    VIEWS.find((each) => each.id === 'packets') ?? { component: () => null, id: '', hasOwnDetails: false };
  const words = texts.frame.inspector;
  return (
    <Split id="workspace" direction="horizontal">
      <SplitPane id="view" size="78%" minSize="320px">
        <div className={styles.layers}>
          <div className={styles.under} inert={followed !== null}>
            <View key={id} />
          </div>
          {followed !== null && <StreamView key={followed} flow={followed} />}
        </div>
      </SplitPane>
      {inspector && !hasOwnDetails && (
        <SplitPane id="inspector" size="320px" minSize="220px" maxSize="520px" fixed edge={words.title}>
          <Inspector />
        </SplitPane>
      )}
    </Split>
  );
}
