/** What an application event states: decoders write it, filters, flows and detectors read it. */
export const EventKind = { Dns: 1, TlsClientHello: 2, HttpRequest: 3, TlsServerHello: 4, HttpResponse: 5 } as const;
