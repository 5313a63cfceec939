/** Where scripts/test-peers.cjs has started an emulator; without it nothing here can run, and nothing may pass. */
export function peerUrl(peer: 'MOTO' | 'MOTO_WITH_IAM' | 'MOTO_SCANNED' | 'MINISTACK'): string {
  const url = process.env[`PEERS_${peer}_URL`];
  if (url === undefined) throw new Error(`PEERS_${peer}_URL is not set: start these tests with "npm run test:peers"`);
  return url;
}
