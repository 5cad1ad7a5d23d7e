/** Where the stream stage puts what messages say; the session's tables behind the pipeline. */
export interface ApplicationSink {
  /** Interns bytes[start..end) and gives its index; -1 where there is no room. */
  text(bytes: Uint8Array, start: number, end: number): number;
  event(row: number, kind: number, name: number, method: number, uri: number, number: number): void;
  /** Its name, method and URI are the IPv4 addresses at these offsets, -1: none. For rules alone. */
  addressEvent(row: number, kind: number, bytes: Uint8Array, name: number, method: number, uri: number, number: number): void;
  /** A DNS answer gave this name (text index) to the address of 4 or 16 bytes. */
  answer(name: number, addresses: Uint8Array, start: number, length: number): void;
  /** QUIC: bytes[start..end) is the client's first Destination Connection ID of the flow. */
  connectionId(flow: number, bytes: Uint8Array, start: number, end: number): void;
  /**
   * Packet `row` completes a message that began `offset` bytes into the payload of rows[0]; rows[0..count) hold its first `length` bytes, `row`
   * included. `rows` is valid during the call.
   */
  reassembled(row: number, rows: Uint32Array, count: number, offset: number, length: number): void;
  /** In packet `row`, whole messages follow the one that it completed: the last `rest` bytes of its payload are theirs. */
  followed(row: number, rest: number): void;
}
