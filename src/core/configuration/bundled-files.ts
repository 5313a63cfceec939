/**
 * Beside the code of the orchestrator, written when it is bundled: it is part of what is deployed, so that another
 * policy is another version of the function, and an execution goes on by the policy that it began with.
 */
export const POLICY_FILE = 'policy.json';

/**
 * Beside the code of commands and of the reporter: what of `portcullis.yaml` decides, to say what would be decided.
 */
export const DECIDING_FILE = 'deciding.json';

/**
 * Beside the code of the notifier: what each channel is notified of, and how it is reached. Long lists of accounts do
 * not fit into the 4 KB that Lambda has for environment variables.
 */
export const CHANNELS_FILE = 'channels.json';

/** Beside the code of commands: the organizational units that `portcullis.yaml` names, for `doctor` to check. */
export const UNITS_FILE = 'units.json';
