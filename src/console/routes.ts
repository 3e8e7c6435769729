/** The table of the console's calls: all there are, under /console/api. */
import type { ConsoleRoute } from './context';
import { PEOPLE_ROUTES } from './people';
import { SESSION_ROUTES } from './session';

/** In the order in which the OpenAPI document lists them. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [...SESSION_ROUTES, ...PEOPLE_ROUTES];
