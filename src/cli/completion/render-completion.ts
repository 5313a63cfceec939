import type { Completion, OptionCompletion } from './completions-of';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** The script that teaches a shell the whole command line; files are offered where nothing else is known. */
export function renderCompletion(shell: Shell, all: readonly Completion[]): string {
  switch (shell) {
    case 'bash':
      return renderBash(all);
    case 'zsh':
      // What zsh has for completions of bash: https://zsh.sourceforge.io/Doc/Release/Completion-System.html
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${renderBash(all)}`;
    case 'fish':
      return renderFish(all);
  }
}

/** What is called is in no variable named `path`: in zsh that is where commands are searched for. */
function renderBash(all: readonly Completion[]): string {
  const paths = pathsBelow(all).map((path) => `'${path}'`);
  const values = all.flatMap(({ path, options }) =>
    options.flatMap(({ flag, choices, takesValue }) => {
      if (!takesValue) return [];
      return [`    '${path} ${flag}') COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur")); return ;;`];
    }),
  );
  const words = all.map(({ path, commands, options }) => {
    const offered = [...commands.map(({ name }) => name), ...options.map(({ flag }) => flag)];
    return `    '${path}') COMPREPLY=($(compgen -W '${offered.join(' ')}' -- "$cur")) ;;`;
  });
  return `_portcullis() {
  local cur called word
  cur="\${COMP_WORDS[COMP_CWORD]}"
  called='portcullis'
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
    case "$called $word" in
      ${paths.join('|')}) called="$called $word" ;;
    esac
  done
  case "$called \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  case "$called" in
${words.join('\n')}
  esac
}
complete -o default -F _portcullis portcullis
`;
}

function renderFish(all: readonly Completion[]): string {
  const paths = pathsBelow(all).map(quoted);
  const lines = all.flatMap(({ path, commands, options }) => {
    const at = `complete -c portcullis -n ${quoted(`test (__portcullis_path) = '${path}'`)}`;
    return [
      ...commands.map(({ name, description }) => `${at} -f -a ${name} -d ${quoted(description)}`),
      ...options.map((option) => `${at} ${fishOption(option)}`),
    ];
  });
  return `function __portcullis_path
  set -l path portcullis
  for word in (commandline -opc)[2..-1]
    switch "$path $word"
      case ${paths.join(' ')}
        set path "$path $word"
    end
  end
  echo $path
end
${lines.join('\n')}
`;
}

function fishOption({ flag, description, takesValue, choices }: OptionCompletion): string {
  const value = takesValue ? ' -r' : '';
  const offered = choices.length > 0 ? ` -f -a ${quoted(choices.join(' '))}` : '';
  return `-l ${flag.slice(2)}${value}${offered} -d ${quoted(description)}`;
}

/** All but the program's own. */
function pathsBelow(all: readonly Completion[]): readonly string[] {
  return all.map(({ path }) => path).slice(1);
}

/** https://fishshell.com/docs/current/language.html#quotes */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
