import { InputError } from '../cli-error';

/** How the AWS CLI and the APIs behind it say that there is more. */
const TOKENS = ['NextToken', 'nextToken', 'LastEvaluatedKey'] as const;

/** The member of a document that says that it is a page, and that more pages follow; undefined for what is whole. */
function tokenOf(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  return TOKENS.find((token) => {
    const value: unknown = Reflect.get(document, token);
    return value !== undefined && value !== null && value !== '';
  });
}

/** What was read is a part, and was not asked for as one. */
export class PartialInputError extends InputError {}

/** Documents of one input, of which some say that there is more: a part must never look like the whole. */
export class PageChain {
  #documents = 0;
  #pages = 0;
  /** Of the latest document. */
  #token: string | undefined;

  /** A list says nothing of more; what is in it may. */
  add(document: unknown): void {
    if (Array.isArray(document)) return;
    this.#documents++;
    this.#token = tokenOf(document);
    if (this.#token !== undefined) this.#pages++;
  }

  /** Whether the latest document says that the next one goes on with it. */
  get goesOn(): boolean {
    return this.#token !== undefined;
  }

  /**
   * Answers a remark for people where the input is not one whole document.
   *
   * @param name of the file
   * @param what is missing: `findings`
   * @param takesPart whether a part was asked for; where it never is, why not
   * @throws InputError where the latest document says that there is more, unless a part was asked for
   */
  remark(name: string, what: string, takesPart: boolean | string): PartRemark | undefined {
    if (this.#token === undefined) {
      if (this.#pages === 0) return undefined;
      const text = `${name}: ${String(this.#pages)} of ${String(this.#documents)} documents say that more ${what} follow; taken for pages that the next document goes on with`;
      return { isPart: false, text };
    }
    const says = `${name}: ${this.#token} says that there are more ${what}`;
    if (takesPart === true) return { isPart: true, text: `${says}: this is a part, and not the whole` };
    const why = takesPart === false ? '' : `, and ${takesPart}`;
    const other = takesPart === false ? ', or give --partial to take a part for a part' : '';
    throw new PartialInputError(`${says}${why}; run the AWS CLI without --max-items and --no-paginate${other}`);
  }
}

export interface PartRemark {
  readonly isPart: boolean;
  readonly text: string;
}
