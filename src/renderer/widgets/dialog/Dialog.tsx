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
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      centered
      classNames={{ content: styles.content, header: styles.header, title: styles.title, body: styles.body, close: styles.close }}
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content>
        {/* The page has a banner already. */}
        <Modal.Header role="presentation">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={texts.frame.close} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
