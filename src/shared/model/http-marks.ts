/** What only attacks and attack tools have in an HTTP request, beside its path. Decoders look for them, T22 names them. */
export interface HttpMark {
  /** For a person; never a part of the request. */
  readonly name: string;
  /** In lower case; a space stands for '+' too. '': found by more than a text. */
  readonly text: string;
  /** In the head alone, or in the body's first bytes too. */
  readonly part: 'head' | 'any';
  /** One is enough for an alert; others count like a path that scanners ask for. */
  readonly certain: boolean;
}

const exploit = (text: string, name = text): HttpMark => ({ name, text, part: 'any', certain: true });
const inHead = (text: string, name = text): HttpMark => ({ name, text, part: 'head', certain: true });
const tool = (text: string, name: string, certain = true): HttpMark => ({ name, text, part: 'head', certain });

/** Places in `HTTP_MARKS` of those without a text. */
export const JNDI_MARK = 0;
export const COMMAND_MARK = 1;

/**
 * Texts that stand in advisories and in the tools themselves. Left out is what honest programs send too: 'function() {' has the beginning of
 * shellshock's (so it counts only where a header's value begins), text editors post SQL and shell scripts.
 */
export const HTTP_MARKS: readonly HttpMark[] = [
  { name: '\x24{jndi:', text: '', part: 'any', certain: true },
  { name: 'a command behind a separator (; wget, | curl, ...)', text: '', part: 'any', certain: true },
  inHead(': () {', '() {'),
  inHead(':() {', '() {'),
  inHead('%{(#', '%{(#'),
  inHead('%{#', '%{#'),
  exploit('\x24{(#'),
  exploit('#_memberaccess'),
  exploit('@java.lang.runtime'),
  exploit('t(java.lang.runtime)'),
  exploit('.getruntime().exec('),
  exploit('class.module.classloader'),
  exploit('freemarker.template.utility.execute'),
  exploit('[#post_render]'),
  exploit('auto_prepend_file='),
  exploit('php://input'),
  exploit('php://filter'),
  exploit('<?php system('),
  exploit('<?php @eval('),
  exploit('<?php eval('),
  exploit('eval($_post'),
  exploit('eval($_request'),
  exploit('base64_decode($_post'),
  exploit('system "file:///', 'XML entity of a local file'),
  exploit("system 'file:///", 'XML entity of a local file'),
  exploit('../etc/passwd'),
  exploit('/bin/busybox'),
  exploit('wget\x24{ifs}'),
  exploit('curl\x24{ifs}'),
  exploit("' or 1=1"),
  exploit("' or '1'='1"),
  exploit('union all select null'),
  exploit('union select null'),
  exploit('union all select concat('),
  exploit("waitfor delay '0:0:"),
  exploit('<script>alert('),
  tool('user-agent: sqlmap/', 'sqlmap'),
  tool('(nikto/', 'Nikto'),
  tool('user-agent: nuclei', 'Nuclei'),
  tool('user-agent: wpscan', 'WPScan'),
  tool('user-agent: dirbuster', 'DirBuster'),
  tool('user-agent: gobuster/', 'Gobuster'),
  tool('user-agent: feroxbuster/', 'feroxbuster'),
  tool('user-agent: fuzz faster u fool', 'ffuf'),
  tool('mozilla/4.0 (hydra)', 'Hydra'),
  tool('w3af.org', 'w3af'),
  tool('user-agent: arachni/', 'Arachni'),
  tool('user-agent: commix/', 'Commix'),
  tool('user-agent: zmeu', 'ZmEu'),
  tool('nmap scripting engine', 'Nmap scripts', false),
  tool(' zgrab/', 'ZGrab', false),
  tool('user-agent: masscan', 'Masscan', false),
  tool('user-agent: whatweb/', 'WhatWeb', false),
  tool('user-agent: hello, world', "the user agent 'Hello, World' of botnets", false),
];
