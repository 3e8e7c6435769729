/** Breaks a valid message in one or two places, the way clients do; a few are valid nevertheless. */
import { escapeAttribute, escapeText } from '../../src/contract/escape';
import type { Operation } from '../../src/contract/model';
import { XSD } from '../../src/contract/namespaces';
import { XMLNS, XSI } from '../../src/soap/namespaces';
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import type { Random } from './random-value';

/** An element as it is written. */
interface Node {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Node[];
}

type Break = (node: Node, random: Random, operation: Operation) => void;

/** The message with one or two of its elements changed. */
export function breakRequest(message: string, operation: Operation, random: Random): string {
  const root = nodeOf(parseXml(message), operation);
  for (let times = 1 + random.below(2); times > 0; times--) {
    const nodes = allOf(root);
    // None where the first break took the last child out of a message.
    const parents = nodes.filter(({ children }) => children.length > 0);
    const ofChildren = random.next() < 0.5 && parents.length > 0;
    const [breaks, places] = ofChildren ? [OF_CHILDREN, parents] : [OF_ITSELF, nodes];
    random.pick(breaks)(random.pick(places), random, operation);
  }
  return write(root);
}

function nodeOf(element: XmlElement, operation: Operation): Node {
  const prefix = element.namespace === '' ? '' : 'tns:';
  const declared = {
    'xmlns:tns': operation.namespace,
    'xmlns:vin': operation.version.typesNamespace,
    'xmlns:xsd': XSD,
    'xmlns:xsi': XSI,
  };
  const attributes = Object.values(element.attributes).filter(({ uri }) => uri !== XMLNS);
  return {
    name: prefix + element.name,
    attributes: {
      ...(prefix && declared),
      ...Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    },
    text: element.text,
    children: element.children.map((child) => nodeOf(child, operation)),
  };
}

function allOf(node: Node): Node[] {
  return [node, ...node.children.flatMap(allOf)];
}

function write({ name, attributes, text, children }: Node): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${escapeAttribute(value)}"`;
  });
  return `<${name}${written.join('')}>${escapeText(text)}${children.map(write).join('')}</${name}>`;
}

// No white space around a number: XML Schema allows it, xmllint doesn't around an int.
const TEXTS = [
  ...['', ' ', 'x', '1', '-0', '+7', '1.5', '1e3', 'INF', 'true', ' true', 'True'],
  ...['2147483648', '\u00a01', 'html', ' html', 'US', '200', '2024-02-29', '2023-02-29'],
  ...['2024-02-29Z', '2024-02-29+14:01', '2024-02-29T00:00:00', '2024-02-29T24:00:00Z', '2024-02'],
  ...['2024-02-29T00:00:00.123456789+05:30', '2024-02-29T25:00:00Z', '2024-02-29 00:00:00'],
];

const TYPES = [
  'xsd:string',
  'xsd:int',
  'xsd:integer',
  'xsd:decimal',
  'xsd:boolean',
  'xsd:dateTime',
];

const pickChild = ({ children }: Node, random: Random) => random.below(children.length);

/** Changes to a child of a node that has some. */
const OF_CHILDREN: readonly Break[] = [
  function remove(node, random) {
    node.children.splice(pickChild(node, random), 1);
  },
  function repeat(node, random) {
    const index = pickChild(node, random);
    node.children.splice(index, 0, ...node.children.slice(index, index + 1));
  },
  function move(node, random) {
    const moved = node.children.splice(pickChild(node, random), 1);
    node.children.splice(random.below(node.children.length + 1), 0, ...moved);
  },
  function rename(node, random, { version }) {
    const names = [...version.types.values()].flatMap((type) =>
      type.kind === 'complex' ? [...type.fieldsByName.keys()] : [],
    );
    const child = random.pick(node.children);
    child.name = random.pick(names);
  },
  function qualify(node, random) {
    const child = random.pick(node.children);
    child.name = child.name.startsWith('tns:') ? child.name : `tns:${child.name}`;
  },
];

/** Changes to any node. */
const OF_ITSELF: readonly Break[] = [
  function unqualify(node) {
    node.name = node.name.replace('tns:', '');
  },
  function changeText(node, random) {
    node.text = random.pick(TEXTS);
  },
  function addChild(node, random) {
    const name = random.pick(['VID', 'name', 'x']);
    const child = { name, attributes: {}, text: '', children: [] };
    node.children.splice(random.below(node.children.length + 1), 0, child);
  },
  function addAttribute(node, random) {
    const name = random.pick(['id', 'tns:x', 'xsi:x', 'xml:lang', 'xsi:nil']);
    node.attributes[name] = random.pick(['true', 'false', 'x']);
  },
  function changeType(node, random, { version }) {
    const types = [...TYPES, ...[...version.types.keys()].map((name) => `vin:${name}`)];
    node.attributes['xsi:type'] = random.pick(random.next() < 0.5 ? TYPES : types);
  },
];
