import { useLive } from '../stores/live';
import { texts } from '../texts';
import { openLive } from './session';

const request = { kind: 'demo' } as const;

/** Starts generated traffic as the session. */
export const startDemo = (): Promise<void> =>
  openLive(texts.demo.name, request, (session) => {
    useLive.setState({ started: { session, request } });
  });
