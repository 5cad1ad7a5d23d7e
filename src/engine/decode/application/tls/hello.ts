import { u16, u24 } from '../bytes';
import { isGrease } from './versions';

export const HandshakeType = { ClientHello: 1, ServerHello: 2 } as const;
const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;

/** What the first tier wants of a Client or Server Hello (RFC 8446, 4.1), read in place into one reused object. */
export class Hello {
  type = 0;
  /** What the hello asks for or selects: the highest of supported_versions, else the field. */
  version = 0;
  /** Server name; equal offsets where there is none. */
  nameStart = 0;
  nameEnd = 0;

  /** Reads the handshake message bytes[start..end), which may be cut; false where it is no hello. */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    this.type = bytes[start] ?? 0;
    this.version = 0;
    this.nameStart = this.nameEnd = start;
    if (this.type !== HandshakeType.ClientHello && this.type !== HandshakeType.ServerHello) return false;
    if (end - start < 4 + 35) return false;
    const stop = Math.min(end, start + 4 + u24(bytes, start + 1));
    this.version = u16(bytes, start + 4);
    // A real hello names an SSL or TLS version; encrypted handshake messages begin with the same byte now and then.
    if (this.version >>> 8 !== 3 && this.version >>> 8 !== 0x7f && this.version !== 0x0101) return false;
    let at = start + 4 + 34;
    at += 1 + (bytes[at] ?? 0);
    if (this.type === HandshakeType.ClientHello) {
      if (at + 2 > stop) return true;
      at += 2 + u16(bytes, at);
      if (at + 1 > stop) return true;
      at += 1 + (bytes[at] ?? 0);
    } else {
      at += 3;
    }
    if (at + 2 > stop) return true;
    const extensionsEnd = Math.min(stop, at + 2 + u16(bytes, at));
    this.#extensions(bytes, at + 2, extensionsEnd);
    return true;
  }

  #extensions(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at + 4 <= end; ) {
      const type = u16(bytes, at);
      const data = at + 4;
      const next = data + u16(bytes, at + 2);
      if (next > end) return;
      if (type === SERVER_NAME && this.type === HandshakeType.ClientHello) this.#serverName(bytes, data, next);
      else if (type === SUPPORTED_VERSIONS) this.#versions(bytes, data, next);
      at = next;
    }
  }

  #serverName(bytes: Uint8Array, start: number, end: number): void {
    if (start + 5 > end || this.nameEnd > this.nameStart) return;
    const length = u16(bytes, start + 3);
    if (start + 5 + length > end) return;
    this.nameStart = start + 5;
    this.nameEnd = start + 5 + length;
  }

  #versions(bytes: Uint8Array, start: number, end: number): void {
    if (this.type === HandshakeType.ServerHello) {
      if (end - start >= 2) this.version = u16(bytes, start);
      return;
    }
    let highest = 0;
    for (let at = start + 1; at + 2 <= end; at += 2) {
      const version = u16(bytes, at);
      if (!isGrease(version) && version > highest) highest = version;
    }
    if (highest > 0) this.version = highest;
  }
}
