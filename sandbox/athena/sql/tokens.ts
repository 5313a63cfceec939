import { AwsError } from '../../runtime/aws-error';

const TOKEN = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|[A-Za-z_]\w*|\d+(?:\.\d+)?|\|\||<>|<=|>=|[=<>(),.?*]|\S/g;

/** What a text of SQL is made of: texts, quoted and bare names, numbers, operators. */
export class Tokens {
  readonly #tokens: string[];

  /** @throws AwsError where question marks and parameters do not match, or a parameter is more than one literal */
  constructor(sql: string, parameters: readonly string[] = []) {
    const left = [...parameters];
    this.#tokens = (sql.match(TOKEN) ?? []).map((token) => {
      if (token !== '?') return token;
      const [literal, ...more] = left.shift()?.match(TOKEN) ?? [];
      // What is no literal would be carried out: `EXECUTE … USING` takes expressions.
      if (literal === undefined || more.length > 0 || !/^('|\d)/.test(literal)) {
        throw new AwsError('InvalidRequestException', 'A parameter is a text in single quotes, or a number.');
      }
      return literal;
    });
    if (left.length > 0)
      throw new AwsError('InvalidRequestException', 'There are more parameters than question marks.');
  }

  get next(): string | undefined {
    return this.#tokens[0];
  }

  /** The next one, whatever it is. */
  shift(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw this.unexpected();
    return token;
  }

  /** Whether these words come next, in capitals or not; they are taken if so. */
  take(...words: readonly string[]): boolean {
    const there = words.every((word, at) => this.#tokens[at]?.toUpperCase() === word);
    if (there) this.#tokens.splice(0, words.length);
    return there;
  }

  /** @throws AwsError where something else comes next */
  expect(...words: readonly string[]): void {
    if (!this.take(...words)) throw this.unexpected();
  }

  /** A name, quoted or not. */
  name(): string {
    const token = this.shift();
    if (!/^["`A-Za-z_]/.test(token)) throw this.unexpected(token);
    return token.replace(/^["`]|["`]$/g, '');
  }

  unexpected(token = this.next): AwsError {
    const what = token ?? 'the end of the query';
    return new AwsError('InvalidRequestException', `The sandbox's Athena does not know what to do with ${what} here.`);
  }
}
