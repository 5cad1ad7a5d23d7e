import { create } from 'zustand';
import { load, save } from '../../stores/storage';

const KEY = 'portlight-tour-seen';

/** Whether a person has read, or waved away, what explains the window. */
export const useTour = create<{ readonly seen: boolean }>(() => ({
  seen: load(KEY, (value) => typeof value === 'boolean', false),
}));

export function finishTour(): void {
  save(KEY, true);
  useTour.setState({ seen: true });
}
