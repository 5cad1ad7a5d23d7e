import type { CaptureTool } from '../shared/model/capture-interfaces';
import { builtPath } from './resources';
import { findCaptureTools } from './sources/live/local/tool';

/** The programs that capture on this machine, best first; looked for anew each time, one may have been installed or been given its right. */
export const captureTools = (): readonly CaptureTool[] => findCaptureTools(builtPath('native', 'portlight-capture'));
