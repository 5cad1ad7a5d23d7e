/** Words between dots, such as `webhook.url` or `ssh.root@192.0.2.1:22.password`; a host may hold colons, brackets and hyphens. */
const NAME = /^[a-z][a-z0-9]{0,31}(\.[A-Za-z0-9_@:[\]%-]{1,255}){1,130}$/;
const MAX_NAME = 400;

export const isSecretName = (name: string): boolean => name.length <= MAX_NAME && NAME.test(name);
