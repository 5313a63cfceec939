import type { Deployed } from '../deployed-portcullis';

/** Lets the sandbox's time pass, as far as it goes within a test, until a command has ended. */
export async function letTimePass<Result>({ clock }: Deployed, command: Promise<Result>): Promise<Result> {
  const state = { isOver: false };
  const ended = command.finally(() => (state.isOver = true));
  while (!state.isOver) await clock.advance(1_000);
  return ended;
}
