/** State that exists once for each account and Region, made on first use. */
export class Regional<State> {
  readonly #make: (account: string, region: string) => State;
  readonly #places = new Map<string, { account: string; region: string; state: State }>();

  constructor(make: (account: string, region: string) => State) {
    this.#make = make;
  }

  at(account: string, region: string): State {
    const key = `${account}/${region}`;
    const known = this.#places.get(key);
    if (known) return known.state;
    const state = this.#make(account, region);
    this.#places.set(key, { account, region, state });
    return state;
  }

  all(): readonly { account: string; region: string; state: State }[] {
    return [...this.#places.values()];
  }
}
