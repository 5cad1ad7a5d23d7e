import { protocolNames } from '../protocol-names';
import { u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const plain = protocolNames.id('DB-LSP-DISC');
const json = protocolNames.id('DB-LSP-DISC/JSON');

/** Dropbox's discovery on the local network: JSON broadcasts with the host's identifiers. */
export const dropboxLanSync: ApplicationProtocol = {
  name: 'db-lsp-disc',
  title: 'Dropbox LAN sync Discovery Protocol',
  udpPorts: [17500],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = u8(bytes, start) === 0x7b && u8(bytes, end - 1) === 0x7d ? json : plain;
    return true;
  },
  fields: fieldList('db-lsp-disc', 'Dropbox LAN sync Discovery Protocol', 'db-lsp.text string Text'),
  dissect: (d, start, end) => {
    const layer = new Layer(d, dropboxLanSync, start, end);
    layer.text('db-lsp.text', end - start);
    layer.finish();
    const isJson = u8(d.bytes, start) === 0x7b && u8(d.bytes, end - 1) === 0x7d;
    say(d, isJson ? `${dropboxLanSync.title}, JavaScript Object Notation` : dropboxLanSync.title);
  },
};
