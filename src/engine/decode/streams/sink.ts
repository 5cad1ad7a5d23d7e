/** Where the stream stage puts what messages say; the session's tables behind the pipeline. */
export interface ApplicationSink {
  /** Interns bytes[start..end) and gives its index; -1 where there is no room. */
  text(bytes: Uint8Array, start: number, end: number): number;
  event(row: number, kind: number, name: number, method: number, uri: number, number: number): void;
  /** A DNS answer gave this name (text index) to the address of 4 or 16 bytes. */
  answer(name: number, addresses: Uint8Array, start: number, length: number): void;
  /** QUIC: bytes[start..end) is the client's first Destination Connection ID of the flow. */
  connectionId(flow: number, bytes: Uint8Array, start: number, end: number): void;
  /** The message that packet `row` completes began `offset` bytes into the payload of rows[0]; `rows` hold its first `length` bytes, `row` included; `rest` bytes of the packet's payload come after it. */
  reassembled(row: number, rows: readonly number[], offset: number, length: number, rest: number): void;
}
