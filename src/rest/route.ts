/**
 * What a REST call is: one source of schemas gives its types, its validation and its place in the
 * OpenAPI document.
 */
import type { z } from 'zod';
import type { Work } from '../base/work';
import type { Merchant, Reader, UnitOfWork } from '../store/store';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Whether a call changes anything. A key that may only read is refused what writes. */
export type Access = 'read' | 'write';

/** What the server brings to every call. */
export interface ApiSurroundings {
  /** A new VID or call id: 40 hexadecimal digits. */
  readonly newId: () => string;
  /** The IANA zone on whose calendar days are counted. */
  readonly timeZone: string;
}

/** An authenticated and validated call. */
export interface ApiCall<Input, In extends Access = Access> {
  readonly merchant: Merchant;
  /** The API key's name, the moment, and what names this call in the answer's X-Request-Id. */
  readonly work: Work;
  readonly input: Input;
  /** The merchant's data: all that the call changes is kept together, or nothing where it throws. */
  readonly unit: In extends 'write' ? UnitOfWork : Reader;
}

/** One of the answers that a call may give, apart from errors. */
export interface AnswerSpec {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: z.ZodType;
}

type Answers = Readonly<Record<number, AnswerSpec>>;

/** An answer as a handler gives it: one of those that the route names. */
export type Answer<A extends Answers> = {
  [Status in keyof A & number]: {
    readonly status: Status;
    readonly headers?: Readonly<Record<string, string>>;
  } & (A[Status] extends { schema: infer S extends z.ZodType }
    ? { readonly body: z.input<S> }
    : { readonly body?: undefined });
}[keyof A & number];

type Part = z.ZodObject | undefined;
type Output<P extends z.ZodType | undefined> = P extends z.ZodType ? z.output<P> : undefined;

/** The parts of a request, checked and typed; a part without a schema is undefined. */
export interface Input<
  Params extends Part,
  Query extends Part,
  Headers extends Part,
  Body extends z.ZodType | undefined,
> {
  readonly params: Output<Params>;
  readonly query: Output<Query>;
  readonly headers: Output<Headers>;
  readonly body: Output<Body>;
}

/** A call as its file describes it. */
export interface RouteSpec<
  In extends Access,
  A extends Answers,
  Params extends Part,
  Query extends Part,
  Headers extends Part,
  Body extends z.ZodType | undefined,
> {
  readonly method: Method;
  /** Behind /v1, as OpenAPI writes it: `/orders/{orderId}`. */
  readonly path: string;
  /** One line. */
  readonly summary: string;
  /** More, where one line is not enough; Markdown. */
  readonly description?: string;
  /** Under which heading it is listed. */
  readonly tag: string;
  readonly params?: Params;
  /** Texts: numbers and moments come out of transforming schemas. */
  readonly query?: Query;
  /** Names in lower case. */
  readonly headers?: Headers;
  /** JSON. Absent: a body is not read. */
  readonly body?: Body;
  readonly answers: A;
  /** Statuses that it may refuse with, beside those that every call has. */
  readonly refusals?: ReadonlyArray<404 | 409 | 422>;
  readonly access: In;
  /** @throws ApiError, and then nothing has changed */
  readonly handle: (call: ApiCall<Input<Params, Query, Headers, Body>, In>) => Promise<Answer<A>>;
}

/** A call as the table keeps it: what it takes and gives is checked by its own schemas. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly headers?: z.ZodObject | undefined;
  readonly body?: z.ZodType | undefined;
  readonly answers: Answers;
  readonly refusals?: ReadonlyArray<404 | 409 | 422>;
  readonly access: Access;
  readonly handle: (call: ApiCall<unknown>) => Promise<PlainAnswer>;
}

/** An answer whichever route gives it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Describes a call; its types follow from its schemas. */
export function defineRoute<
  const In extends Access,
  const A extends Answers,
  Params extends Part = undefined,
  Query extends Part = undefined,
  Headers extends Part = undefined,
  Body extends z.ZodType | undefined = undefined,
>(spec: RouteSpec<In, A, Params, Query, Headers, Body>): Route {
  // What the handler is given was made by the schemas that its type was made from.
  return spec as unknown as Route;
}
