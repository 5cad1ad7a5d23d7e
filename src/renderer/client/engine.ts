import { EngineClient } from './engine-client';

/** The page has one engine. app/wiring.ts connects it. */
export const engine = new EngineClient();
