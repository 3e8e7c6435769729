/** Checks a list of trusted proxies. */
import proxyAddr from 'proxy-addr';

/** Whether these are addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal. */
export function isProxyList(trusted: readonly string[]): boolean {
  try {
    proxyAddr.compile([...trusted]);
    return true;
  } catch {
    return false;
  }
}
