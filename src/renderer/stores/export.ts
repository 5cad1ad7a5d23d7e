import { create } from 'zustand';

export type ExportSubject = 'packets' | 'flows' | 'hosts' | 'exposure' | 'report';

/** Which of the subject: all; what filter and time range show; what is chosen in the list; of chosen flows the packets; marked packets. */
export type ExportWhich = 'all' | 'shown' | 'chosen' | 'flows' | 'marked';

/** What a person began to export; the dialog asks for the rest. */
export interface ExportWish {
  readonly subject: ExportSubject;
  readonly which?: ExportWhich;
  readonly format?: 'pcapng';
}

interface ExportState {
  /** The dialog is open. */
  readonly asked: ExportWish | null;
  /** A file is being written. */
  readonly writing: { readonly path: string; readonly done: number; readonly total: number; readonly cancel: () => void } | null;
}

export const useExport = create<ExportState>(() => ({ asked: null, writing: null }));

export const askExport = (asked: ExportWish): void => useExport.setState({ asked });
export const closeExport = (): void => useExport.setState({ asked: null });
