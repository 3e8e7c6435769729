/** Holds REST requests and their answers against the OpenAPI document that the server serves. */
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

interface Content {
  readonly content?: Record<string, { readonly schema: Schema; readonly example?: unknown }>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** The document, as far as the tests look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

/** An exchange as it went over the wire. */
export interface Exchange {
  readonly method: string;
  /** The path after /v1, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** Checks exchanges against one document. */
export class DocumentCheck {
  private readonly ajv: Ajv2020;

  constructor(readonly document: OpenApiDocument) {
    this.ajv = new Ajv2020({ strict: true, allErrors: true });
    // OpenAPI's own: the schemas say all the same which one is meant.
    this.ajv.addKeyword('discriminator');
    addFormats(this.ajv);
    // JSON Schema has it, ajv-formats hasn't.
    this.ajv.addFormat('idn-email', /^[^@\s]+@[^@\s]+\.[^@\s]+$/);
    this.ajv.addVocabulary(['example', 'components', 'openapi', 'paths', 'info', 'tags']);
    this.ajv.addVocabulary(['servers', 'security', 'webhooks']);
    this.ajv.addSchema(document, 'api');
  }

  /** The template of the document that a path is of, and its operation. */
  find(method: string, path: string): { template: string; operation: Operation } | undefined {
    const [plain = ''] = path.split('?');
    const templates = Object.keys(this.document.paths).filter((template) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain),
    );
    // Literal parts count before parameters.
    const template = templates.sort((a, b) => a.split('{').length - b.split('{').length)[0];
    const operation = template && this.document.paths[template]?.[method.toLowerCase()];
    return template && operation ? { template, operation } : undefined;
  }

  /** The parts of an exchange that the document doesn't allow; if refused, only the answer counts. */
  problems(exchange: Exchange): string[] {
    const { method, path, status, answer } = exchange;
    const found = this.find(method, path);
    if (!found) {
      // No call: an error of the common shape.
      return status === 404 || status === 405
        ? this.validate({ $ref: 'api#/components/schemas/Error' }, answer, 'answer')
        : [`${method} ${path} is not in the document, and was answered with ${status}`];
    }
    const { template, operation } = found;
    const response = operation.responses[String(status)];
    if (!response) return [`${method} ${template}: ${status} is not in the document`];
    const schema = schemaOf(response);
    if (!schema && answer !== undefined) return [`${method} ${template}: ${status} has a body`];
    return [
      ...(schema ? this.validate(schema, answer, `answer ${status}`) : []),
      ...(status < 400 ? this.requestProblems(exchange, template, operation) : []),
    ].map((problem) => `${method} ${template}: ${problem}`);
  }

  private requestProblems(exchange: Exchange, template: string, operation: Operation): string[] {
    const { requestBody } = operation;
    const body = requestBody && schemaOf(requestBody);
    const none = exchange.body === undefined && requestBody?.required !== true;
    return [
      ...(body && !none ? this.validate(body, exchange.body, 'body') : []),
      ...(operation.parameters ?? []).flatMap((parameter) => {
        const value = valueOf(parameter, exchange, template);
        const name = `${parameter.in} ${parameter.name}`;
        if (value === undefined) return parameter.required ? [`${name} is missing`] : [];
        return this.validate(parameter.schema, typed(value, parameter.schema), name);
      }),
    ];
  }

  private validate(schema: Schema, value: unknown, name: string): string[] {
    const validate: ValidateFunction = this.ajv.compile(rebase(schema));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = '' }) => `${name}${instancePath} ${message}`,
    );
  }
}

/** The content of a body: JSON, or lines of it, of which the schema and the example are one. */
export function onlyContent({ content = {} }: Content) {
  return content['application/json'] ?? content['application/x-ndjson'];
}

function schemaOf(content: Content): Schema | undefined {
  return onlyContent(content)?.schema;
}

/** References begin at the document's root. */
function rebase(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/')) as Schema;
}

function valueOf(parameter: Parameter, exchange: Exchange, template: string): string | undefined {
  const { name } = parameter;
  const [plain = '', query] = exchange.path.split('?');
  switch (parameter.in) {
    case 'query':
      return new URLSearchParams(query).get(name) ?? undefined;
    case 'header':
      return Object.entries(exchange.headers).find(([key]) => key.toLowerCase() === name)?.[1];
    case 'path': {
      const index = template.split('/').indexOf(`{${name}}`);
      return decodeURIComponent(plain.split('/')[index] ?? '');
    }
  }
}

/** A text of a path, query or header as the JSON that its schema describes. */
function typed(value: string, { type }: Schema): unknown {
  return type === 'integer' || type === 'number' ? Number(value) : value;
}
