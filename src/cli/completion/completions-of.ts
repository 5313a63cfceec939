import type { Command, Option } from 'commander';

/** What may follow one command, as shells offer it. */
export interface Completion {
  /** `portcullis brake release`. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionCompletion[];
}

export interface OptionCompletion {
  /** `--json`. */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** Empty where any value goes: a file, an id. */
  readonly choices: readonly string[];
}

/** Of a command and all below it, read from the command line's own definition, so that no list can be out of date. */
export function completionsOf(command: Command, parents = ''): readonly Completion[] {
  const path = `${parents}${command.name()}`;
  const help = { flag: '--help', description: 'show help', takesValue: false, choices: [] };
  return [
    {
      path,
      commands: command.commands.map((each) => ({ name: each.name(), description: each.description() })),
      options: [...command.options.flatMap(toCompletion), help],
    },
    ...command.commands.flatMap((each) => completionsOf(each, `${path} `)),
  ];
}

function toCompletion({ long, description, required, optional, argChoices, hidden }: Option): OptionCompletion[] {
  if (!long || hidden) return [];
  return [{ flag: long, description, takesValue: required || optional, choices: argChoices ?? [] }];
}
