import type { Outside } from '../outside/outside';
import type { OutsideService } from '../outside/outside-service';
import type { SandboxWorld } from '../runtime/create-world';
import type { WireRequest, WireResponse } from './exchange';

/** Headers of the way here, which the receiver that was meant would not see. */
const OF_THE_WAY = ['x-sandbox-url', 'host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];

/** The outside world of a sandbox that has it among its services. */
export function outsideOf(world: SandboxWorld): Outside {
  return (world.service('outside') as OutsideService).outside;
}

/** Answers what a function fetched from elsewhere, as whoever it meant would; one that hangs never does. */
export async function answerOutsideRequest(world: SandboxWorld, request: WireRequest): Promise<WireResponse> {
  const { method, headers, body } = request;
  const url = headers['x-sandbox-url'] ?? '';
  if (!URL.canParse(url)) return { status: 400, headers: {}, body: 'x-sandbox-url is no address' };
  const shown = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_WAY.includes(name)));
  const answer = outsideOf(world).take({ method, url, headers: shown, body: body.toString('utf8') }, world.clock.now());
  return answer === 'hang' ? new Promise<never>(() => undefined) : answer;
}
