/**
 * What main and the engine's utility process say to each other over `process.parentPort`; everything else goes over the brokered port.
 * The process being up is the first sign of readiness (ports sent from then on are queued), `ready` the second.
 */

/** The message's `ports[0]` is one end of a channel; the other end belongs to a window. Sent once for each load of a window. */
export interface PortMessage {
  readonly type: 'port';
}

/** The engine is initialised and answers calls. */
export interface ReadyMessage {
  readonly type: 'ready';
}

export type MainToEngine = PortMessage;
export type EngineToMain = ReadyMessage;
