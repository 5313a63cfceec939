import * as z from '../../core/zod-mini';

export type Environment = Readonly<Record<string, string | undefined>>;

export const text = z.string().check(z.minLength(1));

/** A text that is JSON, as what it says. */
export const json = z.pipe(z.string(), z.transform(parseJson));

function parseJson(value: string, { issues }: z.core.ParsePayload): unknown {
  try {
    return JSON.parse(value);
  } catch {
    issues.push({ code: 'custom', message: 'must be JSON', input: value });
    return z.NEVER;
  }
}

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseSettings<Output>(schema: z.ZodMiniType<Output>, environment: Environment): Output {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new Error(
    `What configures the function, its environment variables first of all, is wrong:\n${z.prettifyError(parsed.error)}`,
  );
}
