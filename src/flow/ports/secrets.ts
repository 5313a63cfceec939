import type { PortResult } from './port-failure';

/** Secrets of people, which nothing writes down. */
export interface Secrets {
  /**
   * The text of a secret's current version.
   * @param name as in `portcullis.yaml`
   * @param isFresh reads it again, since it may have been rotated; else it may be minutes old
   */
  fetchSecret(name: string, isFresh?: boolean): PortResult<string>;
}
