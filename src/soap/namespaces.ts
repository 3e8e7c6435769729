/** The namespaces of SOAP, its encodings and XML Schema instances. */

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** That of the prefix `xml`. */
export const XML = 'http://www.w3.org/XML/1998/namespace';
/** That of the declarations of prefixes. */
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

/** SOAP encoding, which RPC clients without a WSDL use: of SOAP 1.1 and of SOAP 1.2. */
export const SOAP_11_ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
export const SOAP_12_ENCODING = 'http://www.w3.org/2003/05/soap-encoding';

/** Apache's extension of SOAP encoding; Map is its best-known type. */
export const APACHE_SOAP = 'http://xml.apache.org/xml-soap';
