import * as z from 'zod';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { TARGET_KINDS } from '../../core/target';
import type { CommandName } from '../../flow/commands/commands';
import { CouldNotTellError, InputError } from '../cli-error';
import { orCouldNotTell } from './operator';

const target = z.object({
  kind: z.enum(TARGET_KINDS),
  partition: z.string(),
  account: z.string(),
  region: z.string(),
  id: z.string(),
});

/** What became of the requests that a command made. */
export const requestsSchema = z.array(
  z.object({
    target,
    requestId: z.string(),
    status: z.enum(['asked', 'withdrawn', 'stands']),
    reason: z.string().exactOptional(),
  }),
);

const askedSchema = z.object({ requests: requestsSchema });

const errorSchema = z.object({ error: z.string() });

export type Asked = z.output<typeof askedSchema>['requests'][number];

/** What a command is asked with: its name, and the fields of its input. */
export type CommandBody = { readonly command: CommandName } & Readonly<Record<string, unknown>>;

/**
 * Has the deployment carry out a command.
 *
 * @returns what the function answered
 * @throws InputError for what it refuses; CouldNotTellError when it could not be asked, or could not do it
 */
export async function askCommands<Answer>(
  body: CommandBody,
  schema: z.ZodType<Answer>,
  { commands, region }: OperatorAdapters,
): Promise<Answer> {
  const reply = await orCouldNotTell(commands.ask(body), region);
  if (reply.status === 200) {
    const answer = schema.safeParse(reply.body);
    if (answer.success) return answer.data;
  }
  const { error = 'what the commands function answered is not understood; is it of another version?' } =
    errorSchema.safeParse(reply.body).data ?? {};
  throw reply.status === 400 ? new InputError(error) : new CouldNotTellError(`${error} (Region ${region})`);
}

/** {@link askCommands} for what is worked on in the background: every request that it became. */
export async function askForRequests(body: CommandBody, operator: OperatorAdapters): Promise<readonly Asked[]> {
  return (await askCommands(body, askedSchema, operator)).requests;
}
