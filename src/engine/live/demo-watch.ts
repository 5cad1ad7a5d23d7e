import { DEFAULT_DETECTION } from '../../shared/model/detection-settings';
import type { Watch } from '../capture';
import { DEMO_OWN_ADDRESSES } from '../sources/demo/demo-capture';

/** What the rules of a demo go by: the user's settings, and the addresses of the server that it is of. */
export function watchOfDemo({ settings = DEFAULT_DETECTION, ...watch }: Watch): Watch {
  return { ...watch, settings: { ...settings, ownAddresses: [...settings.ownAddresses, ...DEMO_OWN_ADDRESSES] } };
}
