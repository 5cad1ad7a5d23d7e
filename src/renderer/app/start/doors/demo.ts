import { IconFlask } from '@tabler/icons-react';
import { texts } from '../../../texts';
import { startDemo } from '../../demo';
import type { DirectDoor } from './door';

export const demoDoor: DirectDoor = {
  id: 'demo',
  title: texts.demo.door,
  hint: texts.demo.hint,
  icon: IconFlask,
  open: () => void startDemo(),
};
