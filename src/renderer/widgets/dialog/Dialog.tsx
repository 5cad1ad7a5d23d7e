import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** Width, px. */
  readonly size: number;
  readonly opened: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A dialog over the window. Escape closes it; focus goes to it and comes back. */
export function Dialog({ title, size, opened, onClose, children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      centered
      classNames={{ content: styles.content, header: styles.header, title: styles.title, body: styles.body, close: styles.close }}
      closeButtonProps={{ 'aria-label': texts.frame.close }}
      overlayProps={{ backgroundOpacity: 0.5 }}
      transitionProps={{ duration: 80 }}
    >
      {children}
    </Modal>
  );
}
