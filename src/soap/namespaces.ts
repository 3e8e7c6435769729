/** The namespaces of SOAP and XML Schema instances. */

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
