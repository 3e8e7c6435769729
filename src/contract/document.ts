/**
 * Reads an XML file of the contract into namespaced elements. The request path has a parser of
 * its own (`soap/parser`), which trusts nothing; these files are ours.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';

/** An element of a WSDL or XSD, its name and attribute values resolved by prefix. */
export interface DocumentElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly DocumentElement[];
  readonly text: string;
  /** An attribute's value, or undefined. */
  attribute(name: string): string | undefined;
  /** An attribute that must be there; its absence is a ContractError. */
  required(name: string): string;
  /** A QName attribute such as `type="vin:Account"`, resolved against the prefixes in scope. */
  qname(name: string): { namespace: string; name: string };
  /** The child elements of that name. */
  all(namespace: string, name: string): DocumentElement[];
  /** An error at this element: file and path, then what is wrong. */
  error(message: string): ContractError;
}

/** A WSDL or XSD file that says something the model cannot hold. */
export class ContractError extends Error {
  override name = 'ContractError';
}

/**
 * Parses the text of one contract file.
 * @param text the file's content
 * @param file its name, for error messages
 * @throws ContractError when it isn't well-formed XML with namespaces
 */
export function parseDocument(text: string, file: string): DocumentElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: ParsedElement[] = [];
  let root: ParsedElement | undefined;
  parser.on('opentag', (tag) => {
    const element = new ParsedElement(tag, open.at(-1), file);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => open.at(-1)?.addText(text));
  parser.on('cdata', (text) => open.at(-1)?.addText(text));
  parser.on('error', ({ message }) => {
    throw new ContractError(`${file}: ${message}`);
  });
  parser.write(text).close();
  if (!root) throw new ContractError(`${file}: no root element`);
  return root;
}

/** A class, since a version has thousands of elements, and each is asked few of the questions. */
class ParsedElement implements DocumentElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: ParsedElement[] = [];
  text = '';

  constructor(
    private readonly tag: SaxesTagNS,
    private readonly parent: ParsedElement | undefined,
    private readonly file: string,
  ) {
    this.namespace = tag.uri;
    this.name = tag.local;
    parent?.children.push(this);
  }

  addText(text: string): void {
    this.text += text;
  }

  attribute(name: string): string | undefined {
    return this.tag.attributes[name]?.value;
  }

  required(name: string): string {
    const value = this.attribute(name);
    if (value === undefined) throw this.error(`attribute ${name} is missing`);
    return value;
  }

  qname(name: string): { namespace: string; name: string } {
    const [local = '', prefix = ''] = this.required(name).split(':').reverse();
    return { namespace: this.namespaceOf(prefix), name: local };
  }

  all(namespace: string, name: string): DocumentElement[] {
    return this.children.filter((child) => child.name === name && child.namespace === namespace);
  }

  error(message: string): ContractError {
    return new ContractError(`${this.path()}: ${message}`);
  }

  private namespaceOf(prefix: string): string {
    return this.tag.ns[prefix] ?? this.parent?.namespaceOf(prefix) ?? '';
  }

  private path(): string {
    const name = this.attribute('name');
    const step = `${this.tag.name}${name ? `[${name}]` : ''}`;
    return `${this.parent?.path() ?? this.file}/${step}`;
  }
}
