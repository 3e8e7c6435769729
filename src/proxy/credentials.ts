/** The credentials of a stored request: others in place of those that it has, or that were taken out of it. */
import { escapeText } from '../contract/escape';
import { HIDDEN } from '../soap/redact';

/** Whose calls are made; what is undefined stays as it is in the request. */
export interface Credentials {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
}

/** The text of a request with other credentials. */
export function withCredentials(text: string, { login, password }: Credentials): string {
  const named = login === undefined ? text : replace(text, 'login', login);
  return password === undefined ? named : replace(named, 'password', password);
}

/** Whether the password was taken out of a request. */
export function lacksPassword(text: string): boolean {
  return places('password').some((place) => place.exec(text)?.[2] === HIDDEN);
}

function replace(text: string, name: string, value: string): string {
  const [place = /$^/] = places(name).filter((each) => each.test(text));
  return text.replace(
    place,
    (_found, before: string, _old: string, after: string) => before + escapeText(value) + after,
  );
}

/** As an element, and as the entry of a Map. */
function places(name: string): RegExp[] {
  return [
    new RegExp(`(<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>)([^<]*)(</)`),
    new RegExp(`(>${name}</(?:[\\w.-]+:)?key>\\s*<(?:[\\w.-]+:)?value(?:\\s[^<>]*)?>)([^<]*)(</)`),
  ];
}
