import { showView } from '../stores/layout';
import { HistoryView } from '../views/history/HistoryView';
import { openPath } from './session';

function open(path: string): void {
  showView('overview');
  void openPath(path);
}

interface HistoryPageProps {
  /** Where there is a page to go back to. */
  readonly onBack?: () => void;
}

/** The history as a view of the frame; what is opened from it is seen as a whole first. */
export const HistoryPage = ({ onBack }: HistoryPageProps) => <HistoryView onOpen={open} {...(onBack ? { onBack } : {})} />;
