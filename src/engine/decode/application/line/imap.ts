import { fieldList } from '../field-list';
import { lineDialogue } from './line-dialogue';
import { imapLogin } from './line-login';

/** RFC 3501. */
export const imap = lineDialogue({
  name: 'imap',
  title: 'Internet Message Access Protocol',
  column: 'IMAP',
  ports: [143],
  request: ['imap.request', 'imap.request_tag', 'imap.request.command'],
  response: ['imap.response', 'imap.response_tag', 'imap.response.status'],
  words: ['Request', 'Response'],
  linesInInfo: 1,
  login: imapLogin,
  fields: fieldList(
    'imap',
    'Internet Message Access Protocol',
    `.request bool Request
    .request_tag string Request Tag
    .request.command string Request Command
    .response bool Response
    .response_tag string Response Tag
    .response.status string Response Status`,
  ),
});
