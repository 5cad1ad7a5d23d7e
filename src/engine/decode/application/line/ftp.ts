import { fieldList } from '../field-list';
import { lineDialogue } from './line-dialogue';
import { ftpLogin } from './line-login';

/** RFC 959. */
export const ftp = lineDialogue({
  name: 'ftp',
  title: 'File Transfer Protocol (FTP)',
  column: 'FTP',
  ports: [21],
  request: ['ftp.request', 'ftp.request.command', 'ftp.request.arg'],
  response: ['ftp.response', 'ftp.response.code', 'ftp.response.arg'],
  words: ['Request', 'Response'],
  linesInInfo: 1,
  login: ftpLogin,
  fields: fieldList(
    'ftp',
    'File Transfer Protocol (FTP)',
    `.request bool Request
    .request.command string Request command
    .request.arg string Request arg
    .response bool Response
    .response.code uint Response code
    .response.arg string Response arg`,
  ),
});
