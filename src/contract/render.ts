/**
 * Writes the WSDL and XSD of a version from the model. Served documents and the files in
 * `wsdl/` come from here, so clients read the contract that the server follows.
 */
import { escapeAttribute, escapeText } from './escape';
import type { ComplexType, ContractVersion, Field, Operation, Service, SimpleType } from './model';
import { SCHEMA_FILE, SOAP_HTTP, WSDL, WSDL_SOAP, XSD } from './namespaces';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** The text of `Vindicia.xsd`. */
export function renderSchema(version: ContractVersion): string {
  const simple = [...version.types.values()].filter((type) => type.kind === 'simple');
  const complex = [...version.types.values()].filter((type) => type.kind === 'complex');
  return lines(
    DECLARATION,
    `<xsd:schema xmlns:xsd="${XSD}" xmlns:vin="${version.typesNamespace}"`,
    `    targetNamespace="${version.typesNamespace}" elementFormDefault="unqualified">`,
    ...indent(simple.flatMap(renderSimpleType)),
    ...indent(complex.flatMap((type) => renderComplexType(type, ` name="${type.name}"`))),
    '</xsd:schema>',
  );
}

/** Where a served WSDL says that the service and the schema are. */
export interface WsdlLocations {
  /** The URL in `soap:address`, absolute. */
  readonly address: string;
  /** Where the schema lies, relative to the WSDL's own URL. Default `./Vindicia.xsd`. */
  readonly schema?: string;
}

/** The text of a class's WSDL, its port pointing at `locations.address`. */
export function renderWsdl(
  version: ContractVersion,
  service: Service,
  locations: WsdlLocations,
): string {
  const operations = [...service.operations.values()];
  const { name } = service;
  return lines(
    DECLARATION,
    `<definitions name="${name}" targetNamespace="${service.namespace}"`,
    `    xmlns="${WSDL}" xmlns:soap="${WSDL_SOAP}"`,
    `    xmlns:xsd="${XSD}" xmlns:tns="${service.namespace}"`,
    `    xmlns:vin="${version.typesNamespace}">`,
    ...indent([
      '<types>',
      ...indent(renderMessageSchema(version, service, operations, locations)),
      '</types>',
      ...operations.flatMap(renderMessages),
      `<portType name="${name}PortType">`,
      ...indent(renderDocumentation('documentation', service.documentation)),
      ...indent(operations.flatMap(renderPortTypeOperation)),
      '</portType>',
      `<binding name="${name}Binding" type="tns:${name}PortType">`,
      `  <soap:binding style="document" transport="${SOAP_HTTP}"/>`,
      ...indent(operations.flatMap(renderBindingOperation)),
      '</binding>',
      `<service name="${name}">`,
      `  <port name="${name}Port" binding="tns:${name}Binding">`,
      `    <soap:address location="${escapeAttribute(locations.address)}"/>`,
      '  </port>',
      '</service>',
    ]),
    '</definitions>',
  );
}

function renderMessageSchema(
  version: ContractVersion,
  service: Service,
  operations: Operation[],
  locations: WsdlLocations,
): string[] {
  const location = escapeAttribute(locations.schema ?? `./${SCHEMA_FILE}`);
  return [
    `<xsd:schema targetNamespace="${service.namespace}" elementFormDefault="unqualified">`,
    `  <xsd:import namespace="${version.typesNamespace}" schemaLocation="${location}"/>`,
    ...operations.flatMap(({ input, output }) =>
      [input, output].flatMap((message) =>
        indent([
          `<xsd:element name="${message.name}">`,
          ...indent(renderComplexType(message, '')),
          '</xsd:element>',
        ]),
      ),
    ),
    '</xsd:schema>',
  ];
}

function renderMessages({ name, input, output }: Operation): string[] {
  const message = (suffix: string, element: ComplexType) => [
    `<message name="${name}_${suffix}">`,
    `  <part name="parameters" element="tns:${element.name}"/>`,
    '</message>',
  ];
  return [...message('in', input), ...message('out', output)];
}

function renderPortTypeOperation(operation: Operation): string[] {
  return [
    `<operation name="${operation.name}">`,
    ...indent(renderDocumentation('documentation', operation.documentation)),
    `  <input message="tns:${operation.name}_in"/>`,
    `  <output message="tns:${operation.name}_out"/>`,
    '</operation>',
  ];
}

function renderBindingOperation(operation: Operation): string[] {
  return [
    `<operation name="${operation.name}">`,
    `  <soap:operation soapAction="${operation.soapAction}" style="document"/>`,
    '  <input>',
    '    <soap:body use="literal"/>',
    '  </input>',
    '  <output>',
    '    <soap:body use="literal"/>',
    '  </output>',
    '</operation>',
  ];
}

function renderSimpleType(type: SimpleType): string[] {
  return [
    `<xsd:simpleType name="${type.name}">`,
    ...indent(renderAnnotation(type.documentation)),
    `  <xsd:restriction base="xsd:${type.base.name}">`,
    ...[...type.values].map((value) => `    <xsd:enumeration value="${escapeAttribute(value)}"/>`),
    '  </xsd:restriction>',
    '</xsd:simpleType>',
  ];
}

function renderComplexType(type: ComplexType, attributes: string): string[] {
  return [
    `<xsd:complexType${attributes}>`,
    ...indent(renderAnnotation(type.documentation)),
    '  <xsd:sequence>',
    ...indent(indent(type.fields.flatMap(renderField))),
    '  </xsd:sequence>',
    '</xsd:complexType>',
  ];
}

function renderField(field: Field): string[] {
  const prefix = field.type.kind === 'builtin' ? 'xsd' : 'vin';
  const start =
    `<xsd:element name="${field.name}" type="${prefix}:${field.type.name}"` +
    (field.required ? '' : ' minOccurs="0"') +
    (field.repeated ? ' maxOccurs="unbounded"' : '');
  const annotation = renderAnnotation(field.documentation);
  return annotation.length === 0
    ? [`${start}/>`]
    : [`${start}>`, ...indent(annotation), '</xsd:element>'];
}

function renderAnnotation(text: string | undefined): string[] {
  const body = renderDocumentation('xsd:documentation', text);
  return body.length === 0 ? [] : ['<xsd:annotation>', ...indent(body), '</xsd:annotation>'];
}

function renderDocumentation(tag: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`<${tag}>${escapeText(text)}</${tag}>`];
}

function indent(body: string[]): string[] {
  return body.map((line) => `  ${line}`);
}

function lines(...body: string[]): string {
  return `${body.join('\n')}\n`;
}
