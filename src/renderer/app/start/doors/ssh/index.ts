import { IconServer2 } from '@tabler/icons-react';
import { texts } from '../../../../texts';
import type { PanelDoor } from '../door';
import { ServerPanel } from './ServerPanel';

const words = texts.ssh;

export const sshDoor: PanelDoor = { id: 'ssh', title: words.title, hint: words.hint, icon: IconServer2, panel: ServerPanel };
