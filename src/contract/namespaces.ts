/** The namespaces and names that CashBox's contract and WSDL itself use (observed). */

export const XSD = 'http://www.w3.org/2001/XMLSchema';
export const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
export const WSDL_SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
export const SOAP_HTTP = 'http://schemas.xmlsoap.org/soap/http';

const BASE = 'http://soap.vindicia.com';
const NAMESPACE = /^http:\/\/soap\.vindicia\.com\/v(\d+)_(\d+)\/(\w+)$/;

/** `22.0` → `http://soap.vindicia.com/v22_0/Vindicia`, where the shared types live. */
export function typesNamespace(version: string): string {
  return serviceNamespace(version, 'Vindicia');
}

/** `22.0`, `Account` → `http://soap.vindicia.com/v22_0/Account`, where a class's messages live. */
export function serviceNamespace(version: string, service: string): string {
  return `${BASE}/v${version.replace('.', '_')}/${service}`;
}

/** The version and class that a service's namespace names, or undefined when it names none. */
export function parseNamespace(
  namespace: string,
): { version: string; service: string } | undefined {
  const [, major, minor, service] = NAMESPACE.exec(namespace) ?? [];
  return service === undefined ? undefined : { version: `${major}.${minor}`, service };
}

/** The soapAction of an operation: its class's namespace, `#`, its name. */
export function soapAction(version: string, service: string, operation: string): string {
  return `${serviceNamespace(version, service)}#${operation}`;
}

/** The file name of the one schema that every WSDL of a version imports. */
export const SCHEMA_FILE = 'Vindicia.xsd';
