/** Shows an element the way decoding sees it. */
import { isNil, type XmlElement } from '../../src/soap/xml-element';

/** Names, text and nil, without attributes: `<a><b>1</b><c nil/></a>`. */
export function showElement(element: XmlElement): string {
  const { name, children, text } = element;
  if (isNil(element)) return `<${name} nil/>`;
  const content = children.length > 0 ? children.map(showElement).join('') : text;
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}
