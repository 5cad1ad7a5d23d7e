import { fieldList } from '../field-list';
import { lineDialogue } from './line-dialogue';
import { ircLogin } from './line-login';

/** RFC 2812. */
export const irc = lineDialogue({
  name: 'irc',
  title: 'Internet Relay Chat',
  column: 'IRC',
  ports: [6667, 57000],
  request: ['irc.request', 'irc.request.command', 'irc.request.command_parameter'],
  response: ['irc.response', 'irc.response.prefix', 'irc.response.command'],
  words: ['Request', 'Response'],
  linesInInfo: 1,
  login: ircLogin,
  fields: fieldList(
    'irc',
    'Internet Relay Chat',
    `.request string Request
    .request.command string Command
    .request.command_parameter string Parameter
    .response string Response
    .response.prefix string Prefix
    .response.command string Command`,
  ),
});
