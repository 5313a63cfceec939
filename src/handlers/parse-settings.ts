import * as z from '../core/zod-mini';

export type Environment = Readonly<Record<string, string | undefined>>;

export const text = z.string().check(z.minLength(1));

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseSettings<Output>(schema: z.ZodMiniType<Output>, environment: Environment): Output {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new Error(`The function's environment variables are wrong:\n${z.prettifyError(parsed.error)}`);
}
