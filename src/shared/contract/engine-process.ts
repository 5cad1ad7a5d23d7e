import type { Notice, NotificationSettings } from './notifications';

/**
 * What main and the engine's utility process say to each other over `process.parentPort`; everything else goes over the brokered port.
 * The process being up is the first sign of readiness (ports sent from then on are queued), `ready` the second.
 */

/** The message's `ports[0]` is one end of a channel; the other end belongs to a window. Sent once for each load of a window. */
export interface PortMessage {
  readonly type: 'port';
}

/** Which alerts the engine tells main of. Sent when the process is up, and on every change. */
export interface NotificationSettingsMessage {
  readonly type: 'notification-settings';
  readonly settings: NotificationSettings;
}

/** What the engine asked for; null: there is no such secret. */
export interface SecretMessage {
  readonly type: 'secret';
  readonly id: number;
  readonly secret: string | null;
}

/** How secrets are kept. Sent when the process is up. */
export interface KeepingMessage {
  readonly type: 'keeping';
  readonly keeping: 'keychain' | 'session';
}

/** The engine is initialised and answers calls. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** A person is to be told, in the ways that the settings name. */
export interface NoticeMessage {
  readonly type: 'notice';
  readonly desktop: boolean;
  readonly webhook: boolean;
  readonly notice: Notice;
}

/** The engine needs a secret of a connection; its name begins with `ssh.`, others it is not given. */
export interface SecretWantedMessage {
  readonly type: 'secret-wanted';
  readonly id: number;
  readonly name: string;
}

/** A secret of a connection is to be kept, or, where it is null, to be forgotten. */
export interface SecretKeptMessage {
  readonly type: 'secret-kept';
  readonly name: string;
  readonly secret: string | null;
}

/** A live capture ended by itself: a desktop notification says so. */
export interface CaptureEndedMessage {
  readonly type: 'capture-ended';
  /** Name of the interface or server. */
  readonly capture: string;
}

export type MainToEngine = PortMessage | NotificationSettingsMessage | SecretMessage | KeepingMessage;
export type EngineToMain = ReadyMessage | NoticeMessage | SecretWantedMessage | SecretKeptMessage | CaptureEndedMessage;
