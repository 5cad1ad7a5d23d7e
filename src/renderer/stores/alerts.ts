import { create } from 'zustand';
import type { AlertMark, AlertNews } from '../../shared/contract/alerts';
import { SEVERITIES, type Severity } from '../../shared/model/alerts';
import { engine } from '../client/engine';
import { Paced } from '../client/paced';
import { showView } from './layout';

export interface AlertState {
  /** The engine's newest word; null until it spoke. */
  readonly news: AlertNews | null;
  /** For time lines, in order of time. */
  readonly marks: readonly AlertMark[];
  /** Alerts that the marks leave out because there are too many. */
  readonly omitted: number;
  /** Id of the alert that is read. */
  readonly selected: number | null;
}

/** Between two questions for the marks while alerts come in. */
const REFRESH_MS = 500;

export const useAlerts = create<AlertState>(() => ({ news: null, marks: [], omitted: 0, selected: null }));

const refresh = new Paced(async () => {
  const session = useAlerts.getState().news?.session;
  try {
    const { marks, omitted } = await engine.call('alerts.marks', {});
    if (useAlerts.getState().news?.session === session) useAlerts.setState({ marks, omitted });
  } catch {
    // The engine is gone; whoever shows that state does.
  }
}, REFRESH_MS);

/** The engine has news. */
export function takeAlertNews(news: AlertNews): void {
  const before = useAlerts.getState().news;
  useAlerts.setState({ news });
  if (before?.session !== news.session) useAlerts.setState({ marks: [], omitted: 0, selected: null });
  // The first alert is shown at once, what follows at the pace.
  refresh.ask(useAlerts.getState().marks.length === 0);
}

export const selectAlert = (id: number | null): void => useAlerts.setState({ selected: id });

/** Shows the alert where alerts are read. */
export function openAlert(id: number): void {
  selectAlert(id);
  showView('alerts');
}

/** Open alerts that are not muted, and the highest severity among them; null: none. */
export function openAlerts({ news }: AlertState): { readonly count: number; readonly severity: Severity } | null {
  if (!news) return null;
  const severity = SEVERITIES.findLast((each) => news.open[each] > 0);
  return severity === undefined ? null : { count: SEVERITIES.reduce((sum, each) => sum + news.open[each], 0), severity };
}
