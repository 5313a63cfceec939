import { renderValue } from '../../core/render-value';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import { COMMANDS, type CommandName } from './commands';

const SHOWN_CHARACTERS = 40;

/**
 * Carries out what a request's body asks for: `{"command":"undo", …}` with the fields of that command.
 *
 * @param text the body as it came
 */
export async function answerCommand(
  text: string | undefined,
  caller: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const body = parseObject(text ?? '');
  if (body === undefined) return { kind: 'refused', reason: 'The body is no JSON object; send {"command": …}' };
  const { command: name, ...input } = body;
  if (!isCommandName(name)) {
    const known = Object.keys(COMMANDS).join(', ');
    const value = renderValue(name, SHOWN_CHARACTERS);
    return { kind: 'refused', reason: `command ${value} is none of: ${known}`.replace(/ +/g, ' ') };
  }
  ports.log.info('Command', { command: name, caller: caller.arn });
  const answer = await COMMANDS[name](input, caller, ports);
  if (answer.kind !== 'done') {
    ports.log.warn('Command was not carried out', { command: name, caller: caller.arn, cause: answer.reason });
  }
  return answer;
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(COMMANDS, name);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
