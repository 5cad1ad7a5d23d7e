import { IconFolderOpen } from '@tabler/icons-react';
import { texts } from '../../../texts';
import { openDialog, replayDialog } from '../../session';
import type { DirectDoor } from './door';

const words = texts.sources.file;

export const fileDoor: DirectDoor = {
  id: 'file',
  title: words.title,
  hint: words.hint,
  icon: IconFolderOpen,
  keys: 'Ctrl O',
  open: () => void openDialog(),
  other: { label: words.replay, hint: words.replayHint, open: () => void replayDialog() },
};
