import { DynamoDBServiceException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';
import { startEngine, type Engine } from './engine';

/** One engine for each account and Region, started when first used. */
export class Engines {
  readonly #places = new Regional((_account, region): { start: () => Engine; started?: Engine } => ({
    start: () => startEngine(region),
  }));

  /** Names of partition keys, by the ARN of the table: what `dynamodb:LeadingKeys` is about. */
  readonly partitionKeys = new Map<string, string>();

  /** @throws AwsError what the engine answered */
  async run<Output>(
    place: { readonly account: string; readonly region: string },
    send: (client: DynamoDBClient) => Promise<Output>,
  ): Promise<Output> {
    const slot = this.#places.at(place.account, place.region);
    const { client } = (slot.started ??= slot.start());
    try {
      return await send(client);
    } catch (error) {
      if (!(error instanceof DynamoDBServiceException)) throw error;
      throw new AwsError(error.name, error.message, error.$metadata.httpStatusCode ?? 400);
    }
  }

  stop(): void {
    for (const { state } of this.#places.all()) state.started?.stop();
  }
}
