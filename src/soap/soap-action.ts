/** The action of a request that has no SOAPAction header. */

/** The action that SOAP 1.2 names in the Content-Type. */
export function actionOf(contentType: string | undefined): string | undefined {
  return /;\s*action\s*=\s*"([^"]*)"/i.exec(contentType ?? '')?.[1];
}
