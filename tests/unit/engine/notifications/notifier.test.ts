import { describe, expect, it } from 'vitest';
import { Notifier } from '../../../../src/engine/notifications/notifier';
import { DEFAULT_NOTIFICATIONS } from '../../../../src/shared/contract/notifications';

describe('a capture that ended by itself', () => {
  const on = { ...DEFAULT_NOTIFICATIONS, desktop: true };
  const minute = (): number => new Date().getHours() * 60 + new Date().getMinutes();

  it.each([
    ['is told of', on, ['eth0']],
    ['is not told of where nobody asked to be told', DEFAULT_NOTIFICATIONS, []],
    ['is not told of to a webhook, which gets alerts', { ...DEFAULT_NOTIFICATIONS, webhook: true }, []],
    ['is not told of in the quiet hours', { ...on, quiet: { from: minute(), to: (minute() + 720) % 1440 } }, []],
  ])('%s', (_what, settings, told) => {
    const ended: string[] = [];
    const notifier = new Notifier(
      () => undefined,
      ({ capture }) => void ended.push(capture),
    );
    notifier.configure(settings);
    notifier.captureEnded('eth0');
    expect(ended).toEqual(told);
    notifier.stop();
  });
});
