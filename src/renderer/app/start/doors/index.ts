import { demoDoor } from './demo';
import type { Door } from './door';
import { fileDoor } from './file';
import { interfaceDoor } from './interface';
import { sshDoor } from './ssh';

/** The ways to packets that work, in the order in which they stand. */
export const DOORS: readonly Door[] = [interfaceDoor, fileDoor, sshDoor, demoDoor];
