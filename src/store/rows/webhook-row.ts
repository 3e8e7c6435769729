/** Endpoints, messages to them and attempts as they are read and written. */
import type { Endpoint, NewEndpoint } from '../webhooks';
import { selectList } from './columns';

/** The columns read of an endpoint. */
export const ENDPOINT_COLUMNS = selectList(
  [
    ...['id', 'endpointId', 'kind', 'format', 'url', 'private', 'settings', 'secrets'],
    ...['createdAt', 'createdBy', 'cursor', 'failingSince', 'notBefore'],
    ...['disabledAt', 'disabledReason'],
  ],
  'endpoint.',
);

/** The columns read of a message. */
export const DELIVERY_COLUMNS = selectList([
  ...['id', 'endpoint', 'lane', 'sequence', 'messageId', 'event', 'body', 'state'],
  ...['dueAt', 'attempts', 'madeAt', 'endedAt'],
]);

/** The columns read of an attempt. */
export const ATTEMPT_COLUMNS = selectList([
  ...['number', 'at', 'duration', 'status', 'failure', 'answer'],
]);

/** An endpoint as its row has it. */
export type EndpointRow = Omit<Endpoint, 'settings' | 'secrets'> & {
  settings: string;
  secrets: string;
};

/** An endpoint from its row. */
export function toEndpoint<Row extends EndpointRow>({ settings, secrets, ...row }: Row) {
  return {
    ...row,
    settings: JSON.parse(settings) as Endpoint['settings'],
    secrets: JSON.parse(secrets) as Endpoint['secrets'],
  };
}

/** The columns of a new endpoint, after the merchant's. */
export const NEW_ENDPOINT = [
  ...['endpoint_id', 'kind', 'format', 'url', 'private', 'settings', 'secrets'],
  ...['created_at', 'created_by', 'cursor'],
];

/** Their values, in their order. */
export function toNewEndpoint(endpoint: NewEndpoint): unknown[] {
  const { endpointId, kind, format, url, createdAt, createdBy, cursor } = endpoint;
  return [
    ...[endpointId, kind, format, url, endpoint.private],
    ...[JSON.stringify(endpoint.settings), JSON.stringify(endpoint.secrets)],
    ...[createdAt, createdBy, cursor],
  ];
}
