import { frame } from './frame';
import { packets } from './packets';
import { states } from './states';

/** Every word of the window, by place. A translation is another object of this shape. */
export const texts = { frame, states, packets };
