/**
 * Types by name, not yet linked to one another: the form in which a schema is read and in which one
 * version is derived from another.
 */
import { ContractError } from './document';
import {
  BUILTIN_NAMES,
  type BuiltinName,
  type BuiltinType,
  type ComplexType,
  type Field,
  type SimpleType,
  type Type,
} from './model';
import { OnDemand } from './on-demand';

/** One element of a sequence; its type is `xsd:string` or the name of a type of the version. */
export interface FieldSpec {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly documentation?: string;
}

export interface SimpleSpec {
  readonly kind: 'simple';
  readonly name: string;
  /** A built-in, as `xsd:string`. */
  readonly base: string;
  readonly values: readonly string[];
  readonly documentation?: string;
}

export interface ComplexSpec {
  readonly kind: 'complex';
  readonly name: string;
  readonly fields: readonly FieldSpec[];
  readonly documentation?: string;
}

export type TypeSpec = SimpleSpec | ComplexSpec;

/** The mark of a built-in type in a spec. */
export const XSD_PREFIX = 'xsd:';

const BUILTINS: ReadonlyMap<string, BuiltinType> = new Map(
  BUILTIN_NAMES.map((name: BuiltinName) => [XSD_PREFIX + name, { kind: 'builtin', name }]),
);

/** Links the types of a version, which may refer to one another in circles, as they are asked for. */
export class TypeLinker {
  /** Every type that the version declares, linked when it is asked for. */
  readonly types: ReadonlyMap<string, SimpleType | ComplexType>;
  private readonly linked = new Map<string, SimpleType | ComplexType>();

  constructor(private readonly specs: ReadonlyMap<string, TypeSpec>) {
    this.types = new OnDemand(specs.keys(), (name) => this.linkDeclared(name, 'the schema'));
  }

  /**
   * Links a complexType of its own, such as a message element.
   * @throws ContractError when it names a type that isn't declared
   */
  linkComplex(spec: ComplexSpec): ComplexType {
    const { type, fill } = declare(spec);
    fill((name) => this.link(name, spec.name));
    return type;
  }

  private link(name: string, from: string): Type {
    return BUILTINS.get(name) ?? this.linkDeclared(name, from);
  }

  private linkDeclared(name: string, from: string): SimpleType | ComplexType {
    const known = this.linked.get(name);
    if (known) return known;
    const spec = this.specs.get(name);
    if (!spec) throw new ContractError(`${from}: type ${name} is not declared`);
    if (spec.kind === 'simple') {
      const type = this.linkSimple(spec);
      this.linked.set(name, type);
      return type;
    }
    const { type, fill } = declare(spec);
    // Known before its elements are linked: one of them may be of this very type.
    this.linked.set(name, type);
    fill((inner) => this.link(inner, name));
    return type;
  }

  private linkSimple({ base, values, ...spec }: SimpleSpec): SimpleType {
    const builtin = BUILTINS.get(base);
    if (!builtin) throw new ContractError(`${spec.name}: base ${base} is not supported`);
    return { ...spec, base: builtin, values: new Set(values) };
  }
}

function declare({ fields: specs, ...rest }: ComplexSpec) {
  const fields: Field[] = [];
  const fieldsByName = new Map<string, Field>();
  const type: ComplexType = { ...rest, fields, fieldsByName };
  const fill = (link: (name: string) => Type) => {
    for (const spec of specs) {
      const field = { ...spec, type: link(spec.type) };
      fields.push(field);
      fieldsByName.set(field.name, field);
    }
  };
  return { type, fill };
}
