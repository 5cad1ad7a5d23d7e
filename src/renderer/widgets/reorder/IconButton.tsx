import type { IconTrash } from '@tabler/icons-react';

interface IconButtonProps {
  /** What it does, for hovering and screen readers. */
  readonly label: string;
  readonly icon: typeof IconTrash;
  readonly disabled?: boolean;
  onClick(): void;
}

/** A button of a line in a list. */
export function IconButton({ label, icon: Icon, disabled = false, onClick }: IconButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon size={14} aria-hidden />
    </button>
  );
}
