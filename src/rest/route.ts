/**
 * A REST call as such: one source of schemas gives its types, its validation and its place in the
 * OpenAPI document.
 */
import type { z } from 'zod';
import type { Scope } from '../base/scope';
import { close } from './closed';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Whether a call changes anything: a call that reads gets nothing that it could change. One in parts may change so much
 * that others come between its parts. A batch writes line by line: its body are lines, each a JSON document, of any number.
 */
export type Access = 'read' | 'write' | 'parts' | 'batch';

/**
 * The context of handlers beside their input, by their access; the folder with the routes defines it.
 */
export interface Contexts {
  readonly read: object;
  readonly write: object;
  readonly parts: object;
  readonly batch: object;
}

/** An authenticated and validated call. */
export type RestCall<Context, Input> = Context & { readonly input: Input };

/** One of the answers that a call may give, apart from errors. */
export interface AnswerSpec {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: z.ZodType;
  /**
   * That the answer is written while it is made, so that it is never held as a whole: one JSON document, or lines of
   * which each is one, as the schema has it. The handler gives its text in pieces.
   */
  readonly written?: 'json' | 'lines';
  /** The media type of an answer in pieces that a client may ask for in its place. */
  readonly streamed?: string;
}

type Answers = Readonly<Record<number, AnswerSpec>>;

/** Names of what a call changed and has no line in the ledger, for the log. Nothing personal, and no secret. */
export type Changed = Readonly<Record<string, string | number | undefined>>;

/** A status that a route names, with headers. */
interface Head<Status> {
  readonly status: Status;
  readonly headers?: Readonly<Record<string, string>>;
}

type Body<S extends AnswerSpec> = S extends { schema: infer Schema extends z.ZodType }
  ? { readonly body: z.input<Schema> }
  : { readonly body?: undefined };

/** An answer as a client gets it: one of those that the route names. */
type Shown<A extends Answers> = {
  [Status in keyof A & number]: Head<Status> & Body<A[Status]>;
}[keyof A & number];

/** An answer as a handler gives it. */
export type Answer<A extends Answers> = {
  [Status in keyof A & number]: Head<Status> & { readonly changed?: Changed } & (A[Status] extends {
      written: string;
    }
      ? { readonly pieces: Pieces }
      : A[Status] extends { streamed: string }
        ? { readonly pieces: Pieces } | Body<A[Status]>
        : Body<A[Status]>);
}[keyof A & number];

/** The text of an answer; each piece is made when the ones before were taken. */
export type Pieces = AsyncIterable<string>;

type Part = z.ZodObject | undefined;
type Output<P extends z.ZodType | undefined> = P extends z.ZodType ? z.output<P> : undefined;

/** The text or JSON of a part as a client sends it. */
type Sent<P extends z.ZodType | undefined> = P extends z.ZodType ? z.input<P> : undefined;

/** A request that a client sends, and the answer to it. */
export interface Example<
  A extends Answers = Answers,
  Params extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Headers extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly params?: Sent<Params>;
  readonly query?: Sent<Query>;
  readonly headers?: Sent<Headers>;
  readonly body?: Sent<Body>;
  /** Of lines, one. */
  readonly answer: Shown<A>;
}

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
  C extends Contexts,
  In extends Access,
  A extends Answers,
  Params extends Part,
  Query extends Part,
  Headers extends Part,
  Body extends z.ZodType | undefined,
> {
  readonly method: Method;
  /** Under the room's own path, as OpenAPI writes it: `/orders/{orderId}`. */
  readonly path: string;
  /** The operationId in the document, and so a method of clients that are made from it: `revokeOrder`. */
  readonly name: string;
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
  /** JSON; of a batch, a line of it. Absent: a body is not read. */
  readonly body?: Body;
  readonly answers: A;
  /**
   * Shown in the document. True: test/orders/examples.test.ts sends each to a server with the demo data, and holds the
   * answer against this one; what must be there before is in that test.
   */
  readonly example: Example<A, Params, Query, Headers, Body>;
  /** Statuses that it may refuse with, beside those that every call has. */
  readonly refusals?: ReadonlyArray<404 | 409 | 422>;
  /** Their messages, as the document shows them; absent: those of orders. */
  readonly refusalExamples?: Readonly<Partial<Record<404 | 409 | 422, string>>>;
  readonly access: In;
  /** The scope that a caller needs; absent: that of the access. */
  readonly scope?: 'read' | 'admin';
  /**
   * Whether it is one of Memberspot's, whose clients may send more than it knows: that is ignored. Absent: it is our
   * own, and refuses each query parameter and field that it doesn't know.
   */
  readonly memberspot?: boolean;
  /** @throws Refusal, and then nothing has changed; of a call in parts, what was done before it has */
  readonly handle: (
    call: RestCall<C[In], Input<Params, Query, Headers, In extends 'batch' ? undefined : Body>>,
  ) => Promise<Answer<A>>;
}

/** A call as the table keeps it: its own schemas check its input and output. */
export interface Route<C extends Contexts = Contexts> {
  readonly method: Method;
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly headers?: z.ZodObject | undefined;
  readonly body?: z.ZodType | undefined;
  readonly answers: Answers;
  readonly example: PlainExample;
  readonly refusals?: ReadonlyArray<404 | 409 | 422>;
  readonly refusalExamples?: Readonly<Partial<Record<number, string>>>;
  readonly access: Access;
  readonly scope?: 'read' | 'admin';
  readonly memberspot?: boolean;
  readonly handle: (call: RestCall<C[Access], unknown>) => Promise<PlainAnswer>;
}

/** An example whichever route has it. */
export interface PlainExample {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly answer: PlainAnswer;
}

/** An answer whichever route gives it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of a body. */
  readonly pieces?: Pieces;
  readonly changed?: Changed;
}

/**
 * Makes the function that describes the calls of a room; a call's types follow from its schemas.
 */
export function routesOf<C extends Contexts>() {
  return function defineRoute<
    const In extends Access,
    const A extends Answers,
    Params extends Part = undefined,
    Query extends Part = undefined,
    Headers extends Part = undefined,
    Body extends z.ZodType | undefined = undefined,
  >(spec: RouteSpec<C, In, A, Params, Query, Headers, Body>): Route<C> {
    // The schemas that the handler's input type comes from also make its input.
    const route = spec as unknown as Route<C>;
    return route.memberspot ? route : { ...route, ...close(route) };
  };
}

/** The scope that a key needs for a call. */
export function scopeOf({ scope, access }: Pick<Route, 'scope' | 'access'>): Scope {
  return scope ?? (access === 'read' ? 'read' : 'write');
}
