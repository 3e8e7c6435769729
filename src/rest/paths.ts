/** Paths of routes as express writes them. */
import { ApiError } from './api-error';
import type { Route } from './route';

/** `/users/{email}` → `/users/:email`; a colon of the path's own is no parameter. */
export function toExpressPath(path: string): string {
  return path.replaceAll(':', '\\:').replace(/\{(\w+)\}/g, ':$1');
}

/** The methods of each path. */
export function methodsByPath(
  routes: readonly Pick<Route, 'method' | 'path'>[],
): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const known = methods.get(toExpressPath(path)) ?? [];
    methods.set(toExpressPath(path), [...known, method.toUpperCase()]);
  }
  return methods;
}

/** @param methods those that a path has */
export function notAllowed(methods: readonly string[]): ApiError {
  const allow = methods.join(', ');
  return new ApiError(405, `The method is not allowed here; ${allow} is.`, { Allow: allow });
}
