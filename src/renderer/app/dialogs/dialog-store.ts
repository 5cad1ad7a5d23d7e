import { create } from 'zustand';

export type DialogName = 'warnings' | 'keys' | 'go-to' | 'save-filter' | 'saved-filters' | 'profiles' | 'tour';

/** The one dialog that is open. */
export const useDialog = create<{ readonly open: DialogName | null }>(() => ({ open: null }));

export const showWarnings = (): void => useDialog.setState({ open: 'warnings' });
export const showKeys = (): void => useDialog.setState({ open: 'keys' });
export const showGoTo = (): void => useDialog.setState({ open: 'go-to' });
export const showSaveFilter = (): void => useDialog.setState({ open: 'save-filter' });
export const showSavedFilters = (): void => useDialog.setState({ open: 'saved-filters' });
export const showProfiles = (): void => useDialog.setState({ open: 'profiles' });
export const showTour = (): void => useDialog.setState({ open: 'tour' });
export const closeDialog = (): void => useDialog.setState({ open: null });
