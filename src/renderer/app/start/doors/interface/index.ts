import { IconNetwork } from '@tabler/icons-react';
import { texts } from '../../../../texts';
import type { PanelDoor } from '../door';
import { InterfacePanel } from './InterfacePanel';

const words = texts.sources.interface;

export const interfaceDoor: PanelDoor = {
  id: 'interface',
  title: words.title,
  hint: words.hint,
  icon: IconNetwork,
  keys: 'Ctrl E',
  panel: InterfacePanel,
};
