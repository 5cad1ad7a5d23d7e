/** One end of a message channel: a MessagePort of the platform, or of the in-memory pair. Messages arrive in order, structured-cloned or shared. */
export interface RpcPort {
  post(message: unknown): void;
  listen(handler: (message: unknown) => void): void;
  close(): void;
}
