/** The columns that products and billing plans have in common. */
import { may } from '../api/session';
import { State } from '../parts/badge';
import type { Column } from '../parts/paged-list';

interface Item {
  readonly VID: string;
  readonly id?: string | undefined;
  readonly status?: string | undefined;
  readonly descriptions: ReadonlyArray<{ readonly description: string }>;
  readonly entitlements: ReadonlyArray<{ readonly id: string }>;
}

/** @param onOpen opens one to be changed */
export function columnsOf<Row extends Item>(
  onOpen: (row: Row) => void,
): ReadonlyArray<Column<Row>> {
  return [
    {
      title: 'Id',
      show: ({ id, VID }) => <span class="id">{id ?? VID}</span>,
      write: ({ id, VID }) => id ?? VID,
    },
    {
      title: 'Description',
      show: ({ descriptions }) => descriptions[0]?.description,
      write: ({ descriptions }) => descriptions[0]?.description,
    },
    {
      title: 'Status',
      show: ({ status }) => status !== undefined && <State of={status} />,
      write: ({ status }) => status,
    },
    {
      title: 'Gives',
      show: ({ entitlements }) => entitlements.map(({ id }) => id).join(', '),
      write: ({ entitlements }) => entitlements.map(({ id }) => id).join(' '),
    },
    {
      title: 'Actions',
      kind: 'actions',
      show: (row) =>
        may('admin') &&
        row.id !== undefined && (
          <button type="button" class="button small" onClick={() => onOpen(row)}>
            Change
          </button>
        ),
    },
  ];
}
