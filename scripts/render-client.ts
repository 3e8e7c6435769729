/**
 * Renders an OpenAPI document as the types of a client's calls, and the table of their paths: the console's front end
 * is checked against the same schemas that check its requests.
 * Decided: docs/decisions/front-end.md
 */

/** The parts of a JSON Schema that the documents use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: ReadonlyArray<{
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }>;
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** A document, as far as a client's types follow from it. */
interface Document {
  readonly servers: ReadonlyArray<{ readonly url: string }>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/**
 * @param source of the document, as the file's header names it
 * @param document as `createOpenApi` builds it
 * @returns a module with a type a schema, `Calls` and `PATHS`
 */
export function renderClient(source: string, document: object): string {
  const { servers, paths, components } = JSON.parse(JSON.stringify(document)) as Document;
  const base = servers[0]?.url ?? '';
  const schemas = Object.entries(components?.schemas ?? {});
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return [
    `/** Generated from the OpenAPI document of ${source} by \`npm run generate\`. Do not edit. */\n`,
    ...schemas.map(([name, schema]) => `export type ${name} = ${renderSchema(schema)};\n`),
    `/** Each call by its operationId. */\nexport interface Calls {\n${operations
      .map(({ operation }) => renderOperation(operation))
      .join('')}}\n`,
    `/** The method and the path of each. */\nexport const PATHS = {\n${operations
      .map(({ path, method, operation }) => {
        return `  ${operation.operationId}: '${method.toUpperCase()} ${base}${path}',\n`;
      })
      .join('')}} as const;\n`,
  ].join('\n');
}

function renderOperation(operation: Operation): string {
  const { operationId, summary = '', parameters = [], requestBody, responses } = operation;
  const named = (place: string) => {
    const found = parameters.filter((parameter) => parameter.in === place);
    if (found.length === 0) return 'undefined';
    return renderObject({
      properties: Object.fromEntries(found.map(({ name, schema = {} }) => [name, schema])),
      required: found.filter(({ required }) => required === true).map(({ name }) => name),
    });
  };
  const body = requestBody && contentOf(requestBody);
  const isOptional = requestBody?.required !== true;
  const input = body ? `${renderSchema(body)}${isOptional ? ' | undefined' : ''}` : 'undefined';
  const succeeded = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const answers = succeeded.map(([, content]) => {
    const answer = contentOf(content);
    return answer ? renderSchema(answer) : 'undefined';
  });
  return (
    `  /** ${summary} */\n  ${operationId}: {\n` +
    `    params: ${named('path')};\n    query: ${named('query')};\n` +
    `    body: ${input};\n    answer: ${[...new Set(answers)].join(' | ')};\n  };\n`
  );
}

/** The schema of what is sent or answered as JSON; of lines, one line's. */
function contentOf({ content = {} }: Content): Schema | undefined {
  const entry =
    content['application/json'] ?? Object.entries(content).find(([type]) => /json/.test(type))?.[1];
  return entry?.schema;
}

function renderSchema(schema: Schema): string {
  const { $ref, enum: values, oneOf, anyOf, allOf, items, type } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const options = oneOf ?? anyOf;
  if (options) return options.map(renderSchema).join(' | ');
  if (allOf) return allOf.map((part) => `(${renderSchema(part)})`).join(' & ');
  if (typeof type === 'object') {
    return type.map((one) => renderSchema({ ...schema, type: one })).join(' | ');
  }
  if (type === 'array') return `ReadonlyArray<${renderSchema(items ?? {})}>`;
  if (type === 'object' || schema.properties) return renderObject(schema);
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'string' || type === 'boolean' || type === 'null' ? type : 'unknown';
}

function renderObject({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
    const type = renderSchema(schema);
    return required.includes(name) ? `${key}: ${type}` : `${key}?: ${type} | undefined`;
  });
  const others =
    typeof additionalProperties === 'object' ? renderSchema(additionalProperties) : 'unknown';
  if (fields.length === 0) return `{ readonly [name: string]: ${others} }`;
  return `{ ${fields.map((field) => `readonly ${field}`).join('; ')} }`;
}
