import { AwsError } from '../runtime/aws-error';

export interface HttpApi {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** By id; what `Target` of a route names as `integrations/ID`. */
  readonly integrations: Map<string, Integration>;
  /** By route key, such as `POST /commands`. */
  readonly routes: Map<string, Route>;
  readonly stages: Set<string>;
}

export interface Integration {
  /** Of a Lambda function, with its alias if there is one. */
  readonly functionArn: string;
  readonly timeoutMillis: number;
}

export interface Route {
  readonly authorization: 'AWS_IAM' | 'NONE';
  readonly integrationId: string;
}

/** The HTTP APIs of all accounts and Regions, by the id that their addresses begin with. */
export class HttpApis {
  readonly #apis = new Map<string, HttpApi>();

  create(api: Pick<HttpApi, 'id' | 'account' | 'region' | 'name'>): HttpApi {
    const made = { ...api, integrations: new Map(), routes: new Map(), stages: new Set<string>() };
    this.#apis.set(api.id, made);
    return made;
  }

  find(id: string): HttpApi | undefined {
    return this.#apis.get(id);
  }

  /** @throws AwsError NotFoundException */
  get(id: string): HttpApi {
    const api = this.#apis.get(id);
    if (api) return api;
    throw new AwsError('NotFoundException', `Invalid API identifier specified ${id}`, 404);
  }
}
