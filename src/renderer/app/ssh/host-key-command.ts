/** What prints the fingerprint of the server's own key of this type, run on the server. */
export function printCommand(keyType: string): string {
  const kind = keyType.includes('ecdsa') ? 'ecdsa' : keyType.includes('rsa') ? 'rsa' : 'ed25519';
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`;
}
