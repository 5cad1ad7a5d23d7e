import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '../../texts';
import styles from './frame.module.css';

interface BannerProps {
  readonly icon: ReactNode;
  readonly testId: string;
  readonly text: string;
  readonly onDismiss?: () => void;
  readonly children?: ReactNode;
}

/** A line over the view: what happened, and the button that deals with it. */
export function Banner({ icon, testId, text, onDismiss, children }: BannerProps) {
  return (
    <div className={styles.banner} role="alert" data-testid={testId}>
      {icon}
      <span className={`${styles.bannerText} selectable`}>{text}</span>
      {children}
      {onDismiss && (
        <button
          type="button"
          className="icon-button"
          aria-label={texts.states.damaged.dismiss}
          title={texts.states.damaged.dismiss}
          onClick={onDismiss}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
