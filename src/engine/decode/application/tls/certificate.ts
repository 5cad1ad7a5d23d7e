import { type BerElement, berElement, berObjectId } from '../ber';
import { u8 } from '../bytes';
import { hexText, type Layer, readable, utf8 } from '../layer';

/** Elements of one certificate that are looked at. */
const MAX_ELEMENTS = 400;

const Tag = {
  Boolean: 0x01,
  Integer: 0x02,
  OctetString: 0x04,
  ObjectId: 0x06,
  Utf8: 0x0c,
  Printable: 0x13,
  Teletex: 0x14,
  Ia5: 0x16,
  UtcTime: 0x17,
  GeneralizedTime: 0x18,
  Bmp: 0x1e,
  Sequence: 0x30,
  Version: 0xa0,
  Extensions: 0xa3,
  Dns: 0x82,
  Uri: 0x86,
  Ip: 0x87,
} as const;

/** Attributes of names (X.520) and extensions of certificates (RFC 5280), by object id. */
const OBJECTS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'id-at-commonName',
  '2.5.4.5': 'id-at-serialNumber',
  '2.5.4.6': 'id-at-countryName',
  '2.5.4.7': 'id-at-localityName',
  '2.5.4.8': 'id-at-stateOrProvinceName',
  '2.5.4.9': 'id-at-streetAddress',
  '2.5.4.10': 'id-at-organizationName',
  '2.5.4.11': 'id-at-organizationalUnitName',
  '2.5.4.15': 'id-at-businessCategory',
  '2.5.4.17': 'id-at-postalCode',
  '1.2.840.113549.1.9.1': 'pkcs-9-at-emailAddress',
  '0.9.2342.19200300.100.1.25': 'dc',
  '2.5.29.14': 'id-ce-subjectKeyIdentifier',
  '2.5.29.15': 'id-ce-keyUsage',
  '2.5.29.17': 'id-ce-subjectAltName',
  '2.5.29.19': 'id-ce-basicConstraints',
  '2.5.29.31': 'id-ce-cRLDistributionPoints',
  '2.5.29.32': 'id-ce-certificatePolicies',
  '2.5.29.35': 'id-ce-authorityKeyIdentifier',
  '2.5.29.37': 'id-ce-extKeyUsage',
  '1.3.6.1.5.5.7.1.1': 'id-pe-authorityInfoAccess',
  '1.3.6.1.4.1.11129.2.4.2': 'SignedCertificateTimestampList',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.3.101.112': 'id-Ed25519',
};
const COUNTRY = '2.5.4.6';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';

const STRINGS: Readonly<Record<number, string>> = {
  [Tag.Utf8]: 'x509sat.uTF8String',
  [Tag.Printable]: 'x509sat.printableString',
  [Tag.Teletex]: 'x509sat.teletexString',
  [Tag.Ia5]: 'x509sat.IA5String',
  [Tag.Bmp]: 'x509sat.bmpString',
};

/** Reads one X.509 certificate (RFC 5280, 4.1) and adds who it is for, who signed it and how long it is good. */
export class CertificateReader {
  readonly #layer: Layer;
  #left = MAX_ELEMENTS;

  constructor(layer: Layer) {
    this.#layer = layer;
  }

  /** Gives the subject in short, '(id-at-commonName=example.org)'; '' where the bytes are no certificate. */
  read(start: number, end: number): string {
    const certificate = this.#element(start, end, Tag.Sequence);
    const body = certificate && this.#element(certificate.start, certificate.end, Tag.Sequence);
    if (!body) return '';
    const node = this.#open('signedCertificate', body);
    let at = body.start;
    const version = this.#element(at, body.end, Tag.Version);
    if (version) {
      const value = u8(this.#layer.bytes, version.end - 1);
      this.#layer.add('x509af.version', value, `v${value + 1} (${value})`, version.start, version.end - version.start);
      at = version.end;
    }
    const serial = this.#element(at, body.end, Tag.Integer);
    if (serial) {
      const { bytes } = this.#layer;
      const text = `0x${hexText(bytes, serial.start, serial.end)}`;
      this.#layer.add('x509af.serialNumber', bytes.subarray(serial.start, serial.end), text, serial.start, serial.end - serial.start);
      at = serial.end;
    }
    const algorithm = this.#element(at, body.end, Tag.Sequence);
    if (algorithm) {
      this.#objectId('x509af.algorithm.id', algorithm.start, algorithm.end);
      at = algorithm.end;
    }
    at = this.#name('issuer', at, body.end)[0];
    at = this.#validity(at, body.end);
    const [next, subject] = this.#name('subject', at, body.end);
    this.#extensions(next, body.end);
    this.#layer.close(node);
    return subject === '' ? '' : `(${subject})`;
  }

  #element(start: number, end: number, tag?: number): BerElement | null {
    if (start >= end || this.#left <= 0) return null;
    this.#left--;
    const element = berElement(this.#layer.bytes, start, end);
    return element && (tag === undefined || element.tag === tag) ? element : null;
  }

  #open(title: string, element: BerElement) {
    return this.#layer.d.open('', title, null, element.start, element.end - element.start);
  }

  #objectId(field: string, start: number, end: number): string {
    const element = this.#element(start, end, Tag.ObjectId);
    if (!element) return '';
    const id = berObjectId(this.#layer.bytes, element);
    const words = OBJECTS[id];
    this.#layer.add(field, id, words === undefined ? id : `${id} (${words})`, element.start, element.end - element.start);
    return id;
  }

  /** A Name: sets of attributes. Gives the offset after it and its attributes, last first, as Wireshark lists them. */
  #name(title: string, start: number, end: number): readonly [number, string] {
    const name = this.#element(start, end, Tag.Sequence);
    if (!name) return [start, ''];
    const node = this.#open(title, name);
    const words: string[] = [];
    for (let at = name.start; at < name.end; ) {
      const set = this.#element(at, name.end);
      const attribute = set && this.#element(set.start, set.end, Tag.Sequence);
      if (!set || !attribute) break;
      words.unshift(this.#attribute(attribute));
      at = set.end;
    }
    const text = words.join(',');
    node.label = `${title}: ${readable(text)}`;
    this.#layer.close(node);
    return [name.end, readable(text)];
  }

  #attribute(attribute: BerElement): string {
    const layer = this.#layer;
    const node = this.#open('', attribute);
    const id = this.#objectId('x509if.oid', attribute.start, attribute.end);
    const key = this.#element(attribute.start, attribute.end);
    const value = key && this.#element(key.end, attribute.end);
    let words = OBJECTS[id] ?? id;
    if (value) {
      const text = value.tag === Tag.Bmp ? utf16(layer.bytes.subarray(value.start, value.end)) : utf8(layer.bytes, value.start, value.end);
      const field = id === COUNTRY ? 'x509sat.CountryName' : STRINGS[value.tag];
      if (field !== undefined) layer.add(field, text, readable(text), value.start, value.end - value.start);
      words += `=${text}`;
    }
    node.label = `RelativeDistinguishedName item (${readable(words)})`;
    layer.close(node);
    return words;
  }

  #validity(start: number, end: number): number {
    const validity = this.#element(start, end, Tag.Sequence);
    if (!validity) return start;
    const node = this.#open('validity', validity);
    let at = validity.start;
    for (const title of ['notBefore', 'notAfter']) {
      const time = this.#element(at, validity.end);
      if (!time) break;
      const isUtc = time.tag === Tag.UtcTime;
      const text = certificateTime(utf8(this.#layer.bytes, time.start, Math.min(time.end, time.start + 20)), isUtc);
      const field = isUtc ? 'x509af.utcTime' : 'x509af.generalizedTime';
      this.#layer.d.add(field, `${title}: ${readable(text)}`, text, time.start, time.end - time.start);
      at = time.end;
    }
    this.#layer.close(node);
    return validity.end;
  }

  /** After the subject: its public key, perhaps two unique ids, extensions. */
  #extensions(start: number, end: number): void {
    for (let at = start; at < end; ) {
      const element = this.#element(at, end);
      if (!element) return;
      if (element.tag === Tag.Extensions) {
        const list = this.#element(element.start, element.end, Tag.Sequence);
        for (let item = list?.start ?? end; list && item < list.end; ) {
          const extension = this.#element(item, list.end, Tag.Sequence);
          if (!extension || this.#layer.d.full) return;
          this.#extension(extension);
          item = extension.end;
        }
        return;
      }
      at = element.end;
    }
  }

  #extension(extension: BerElement): void {
    const node = this.#open('', extension);
    const id = this.#objectId('x509af.extension.id', extension.start, extension.end);
    node.label = `Extension (${OBJECTS[id] ?? id})`;
    for (let at = extension.start; at < extension.end; ) {
      const element = this.#element(at, extension.end);
      if (!element) break;
      if (element.tag === Tag.OctetString && id === SUBJECT_ALTERNATIVE_NAME) this.#alternativeNames(element);
      else if (element.tag === Tag.OctetString && id === BASIC_CONSTRAINTS) this.#basicConstraints(element);
      at = element.end;
    }
    this.#layer.close(node);
  }

  #alternativeNames(value: BerElement): void {
    const layer = this.#layer;
    const list = this.#element(value.start, value.end, Tag.Sequence);
    for (let at = list?.start ?? 0; list && at < list.end && !layer.d.full; ) {
      const name = this.#element(at, list.end);
      if (!name) return;
      const length = name.end - name.start;
      if (name.tag === Tag.Ip) {
        const address = layer.bytes.subarray(name.start, name.end);
        layer.add('x509ce.iPAddress', address, length === 4 ? address.join('.') : hexText(address, 0, length), name.start, length);
      } else if (name.tag === Tag.Dns || name.tag === Tag.Uri) {
        const text = utf8(layer.bytes, name.start, name.end);
        layer.add(name.tag === Tag.Dns ? 'x509ce.dNSName' : 'x509ce.uniformResourceIdentifier', text, readable(text), name.start, length);
      }
      at = name.end;
    }
  }

  #basicConstraints(value: BerElement): void {
    const list = this.#element(value.start, value.end, Tag.Sequence);
    const flag = list && this.#element(list.start, list.end, Tag.Boolean);
    if (flag) this.#layer.add('x509ce.cA', true, 'True', flag.start, flag.end - flag.start);
  }
}

function utf16(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode((u8(bytes, i) << 8) | u8(bytes, i + 1));
  return text;
}

/** '110504000000Z' or '20110504000000Z' as '2011-05-04 00:00:00 (UTC)' (RFC 5280, 4.1.2.5). */
function certificateTime(text: string, isUtc: boolean): string {
  const digits = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z/.exec(text);
  if (!digits) return text;
  const [, year = '', month, day, hour, minute, second] = digits;
  const full = isUtc && year.length === 2 ? (Number(year) < 50 ? '20' : '19') + year : year;
  return `${full}-${month}-${day} ${hour}:${minute}:${second} (UTC)`;
}
