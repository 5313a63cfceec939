/** AWS routes to an API by its host name, `ID.execute-api.REGION.amazonaws.com`; one address has to do here. */
export const API_PATH = '/execute-api/';
