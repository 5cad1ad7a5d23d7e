export const CHUNK_BITS = 16;
export const CHUNK_ROWS = 1 << CHUNK_BITS;
export const CHUNK_MASK = CHUNK_ROWS - 1;

/** 65,536 rows of the packet table, one typed array a column: 57 bytes a packet. Whoever appends a row writes every column of it. */
export class ColumnChunk {
  /** Whole seconds since the session's first second, beside `nanoseconds` within it: exact for captures joined years apart. */
  readonly seconds = new Int32Array(CHUNK_ROWS);
  readonly nanoseconds = new Uint32Array(CHUNK_ROWS);
  /** Of the frame's first byte in the capture's byte stream: 48 bits in two columns. */
  readonly positionLow = new Uint32Array(CHUNK_ROWS);
  readonly positionHigh = new Uint16Array(CHUNK_ROWS);
  readonly length = new Uint32Array(CHUNK_ROWS);
  readonly capturedLength = new Uint32Array(CHUNK_ROWS);
  /** AddressIndex of what the list shows: the outermost IP address, else the link-layer address; NONE_32 where there is none. */
  readonly source = new Uint32Array(CHUNK_ROWS);
  readonly destination = new Uint32Array(CHUNK_ROWS);
  readonly sourcePort = new Uint16Array(CHUNK_ROWS);
  readonly destinationPort = new Uint16Array(CHUNK_ROWS);
  readonly ipProtocol = new Uint8Array(CHUNK_ROWS);
  /** The 12 flag bits of the first TCP header. */
  readonly tcpFlags = new Uint16Array(CHUNK_ROWS);
  /** First VLAN id, NONE_16 where there is none. */
  readonly vlan = new Uint16Array(CHUNK_ROWS);
  /** Id in the session's ProtocolNames: what the Protocol column shows. */
  readonly protocol = new Uint16Array(CHUNK_ROWS);
  readonly interfaceId = new Uint16Array(CHUNK_ROWS);
  /** Bytes of TCP or UDP payload as the headers claim, at most 65,535. */
  readonly payloadLength = new Uint16Array(CHUNK_ROWS);
  /** FlowIndex, NONE_32 where the packet belongs to none. */
  readonly flow = new Uint32Array(CHUNK_ROWS);
  /** Bits of `Layer`. */
  readonly layers = new Uint32Array(CHUNK_ROWS);
  /** Bits of `PacketFlag`. */
  readonly flags = new Uint32Array(CHUNK_ROWS);
}
