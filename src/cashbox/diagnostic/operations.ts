/** The operations of Diagnostic that are implemented, each by its name in the contract. */
export { echoBoolean } from './echo-boolean';
export { echoDateTime } from './echo-date-time';
export { echoString } from './echo-string';
export { echoStringByProxy } from './echo-string-by-proxy';
export { getHello } from './get-hello';
export { putHello } from './put-hello';
