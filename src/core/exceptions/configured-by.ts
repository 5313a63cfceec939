/** Who accepted a risk that stands in the configuration. */
export const CONFIGURED_BY = 'portcullis.yaml';
