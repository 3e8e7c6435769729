/** The context of the control calls, and how a call gets it. */
import { cut } from '../base/quote';
import { notFound } from '../base/refusal';
import type { Time } from '../base/time';
import type { WorkTools } from '../base/work';
import { z } from 'zod';
import type { Contract } from '../contract/contract';
import type { Operation } from '../contract/model';
import type { DecodeOptions } from '../soap/decode';
import type { SoapHandler } from '../soap/endpoint';
import { type Route, routesOf } from '../rest/route';
import type { CheckedCall } from '../rest/serve';
import type { Caller } from '../rest/visit';
import type { Merchant, Store } from '../store/store';
import type { Clocks } from './clocks';
import { DEMO } from './demo';
import type { Post } from './post';
import type { World, Worlds } from './worlds';

/** The parts that control calls need. */
export interface ControlTools extends WorkTools {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly worlds: Worlds;
  readonly time: Pick<Time, 'elapsed'>;
  /** What sends messages to endpoints; undefined: nothing does. */
  readonly post: Post | undefined;
  /** What documents say this server's address is; undefined: the request's Host. */
  readonly publicUrl: string | undefined;
  readonly contract: Contract;
  /** How messages are read. */
  readonly codec: DecodeOptions;
  /** The handler that carries out an operation. */
  readonly findHandler: (operation: Operation) => SoapHandler<Merchant> | undefined;
}

/** A merchant that is steered. */
export interface Steered {
  readonly merchant: Merchant;
  readonly world: World;
}

/** The context of every call. */
export interface ControlContext {
  readonly tools: ControlTools;
  /** The merchant that the path names, or the demo merchant. @throws Refusal 404 */
  readonly steered: () => Promise<Steered>;
}

/** Calls that read, and calls that change something, get the same. */
export interface ControlContexts {
  readonly read: ControlContext;
  readonly write: ControlContext;
  readonly parts: ControlContext;
  readonly batch: ControlContext;
}

/** A route under /_latchkey. */
export type ControlRoute = Route<ControlContexts>;

export const defineControl = routesOf<ControlContexts>();

/** A login in a path. */
export const loginInput = z.string().min(1).max(100).meta({ description: "A merchant's login." });

/** The same call twice: for the demo merchant, and under `/merchants/{login}` for any. */
export function forMerchants(route: ControlRoute): ControlRoute[] {
  const { params = z.object({}), example } = route;
  return [
    { ...route, summary: `${route.summary}: of the demo merchant` },
    {
      ...route,
      path: `/merchants/{login}${route.path}`,
      name: `${route.name}Of`,
      params: params.extend({ login: loginInput }),
      example: { ...example, params: { login: DEMO, ...example.params } },
      refusals: [...new Set([404 as const, ...(route.refusals ?? [])])],
    },
  ];
}

/** Has a route's handler carry out a call. @throws Refusal */
export function carryOutControl(
  tools: ControlTools,
  { route, input }: CheckedCall<ControlContexts, Caller>,
) {
  const { params } = input as { readonly params?: { readonly login?: string } };
  const { login = DEMO } = params ?? {};
  const steered = async () => {
    const merchant = await tools.store.findMerchant(login);
    if (!merchant) throw unknownMerchant(login);
    return { merchant, world: tools.worlds.of(merchant.id) };
  };
  return route.handle({ tools, steered, input });
}

export const unknownMerchant = (login: string) =>
  notFound(
    login === DEMO
      ? 'There is no merchant demo here: start with --demo, or make a merchant with POST /_latchkey/merchants and name it in the path.'
      : `There is no merchant ${cut(login)}.`,
  );
