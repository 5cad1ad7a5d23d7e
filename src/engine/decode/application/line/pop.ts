import { fieldList } from '../field-list';
import { lineDialogue } from './line-dialogue';
import { popLogin } from './line-login';

/** RFC 1939. */
export const pop = lineDialogue({
  name: 'pop',
  title: 'Post Office Protocol',
  column: 'POP',
  ports: [110],
  request: ['pop.request', 'pop.request.command', 'pop.request.parameter'],
  response: ['pop.response', 'pop.response.indicator', 'pop.response.description'],
  words: ['C', 'S'],
  linesInInfo: 1,
  login: popLogin,
  fields: fieldList(
    'pop',
    'Post Office Protocol',
    `.request bool Request
    .request.command string Request command
    .request.parameter string Request parameter
    .response bool Response
    .response.indicator string Response indicator
    .response.description string Response description`,
  ),
});
