import { Loader } from '@mantine/core';
import { isCapturing, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Banner } from '../frame/Banner';

/** While the connection to a server is lost: nothing comes, and that is not because nothing happens there. */
export function Reconnecting() {
  const name = useSession((state) => state.tick?.session?.name ?? '');
  const reason = useSession(({ tick }) => (isCapturing(tick) && tick?.live?.reconnecting ? (tick.live.gaps.at(-1)?.reason ?? '') : null));
  if (reason === null) return null;
  return <Banner icon={<Loader size={14} />} testId="reconnecting" text={texts.ssh.live.banner(name, reason)} />;
}
