/**
 * What no page of AWS says of Systems Manager, so that what is deployed here must not lean on it: each has a default,
 * and tests run through all of them.
 */
export interface Undocumented {
  /**
   * How a parameter of type MapList is read from its texts: each a JSON map, one that is the whole JSON list, or not at
   * all. Default `map-each`.
   */
  readonly mapLists?: 'map-each' | 'whole-list' | 'refused';
  /** Whether a parameter of type Integer is a number where a document passes it on. Default `number`. */
  readonly integers?: 'number' | 'text';
  /**
   * What a start with a client token that was used before is answered, same parameters or not. A token "can't be
   * reused" is all that is documented. Default `mismatch`.
   * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
   */
  readonly repeatedToken?:
    'mismatch' | 'same-execution' | 'duplicate' | 'invalid-parameters' | 'validation' | 'second-execution';
}
