import type { PortcullisSandbox } from '../sandbox/start-portcullis-sandbox';
export async function writeSandboxReport(_sandbox: PortcullisSandbox, _out: string): Promise<readonly string[]> { return []; }
