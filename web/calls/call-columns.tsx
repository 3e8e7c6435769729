/** The columns of the list of calls. */
import type { Answer } from '../api/request';
import { Badge } from '../parts/badge';
import { Moment } from '../parts/moment';
import type { Column } from '../parts/table';
import { at } from '../route/screens';

export type Call = Answer<'listCalls'>['calls'][number];

/** A code, by what it means. */
export function Code({ code }: { readonly code: string }) {
  return <Badge tone={code.startsWith('2') ? 'good' : 'bad'}>{code}</Badge>;
}

/** The operation; there is none where the request could not be read. */
export function nameOf(operation: string): string {
  return operation === '-' ? 'not readable' : operation;
}

/** The login or key that a call came by. */
export function callerOf({ login, key }: Call): string {
  return [login, key].filter((part) => part !== undefined).join(' / ');
}

export function callColumns(merchant: string): ReadonlyArray<Column<Call>> {
  return [
    {
      title: 'When',
      show: (call) => <Moment at={call.at} exact />,
      write: (call) => call.at,
    },
    {
      title: 'Operation',
      show: ({ id, operation }) => <a href={at.calls(merchant, id)}>{nameOf(operation)}</a>,
      write: ({ operation }) => operation,
    },
    { title: 'Code', show: ({ code }) => <Code code={code} />, write: ({ code }) => code },
    { title: 'Message', write: ({ message }) => message },
    { title: 'By', show: callerOf, write: callerOf },
    { title: 'Address', write: ({ address }) => address },
    {
      title: 'ms',
      kind: 'number',
      show: ({ ms }) => Math.round(ms),
      write: ({ ms }) => ms,
    },
    {
      title: 'Id',
      show: ({ id }) => (
        <span class="id" title={id}>
          {id.slice(0, 8)}
        </span>
      ),
      write: ({ id }) => id,
    },
  ];
}
