/** What lists and forms of products and billing plans have in common. */
import { may } from '../api/session';
import { State } from '../parts/badge';
import { Select } from '../parts/field';
import type { Column } from '../parts/table';

const STATUSES = ['Active', 'Suspended'] as const;

type Status = (typeof STATUSES)[number];

interface Item {
  readonly VID: string;
  readonly id?: string | undefined;
  readonly status?: Status | undefined;
  readonly entitlements: ReadonlyArray<{ readonly id: string }>;
}

interface Columns<Row> {
  readonly describe: (row: Row) => string | undefined;
  /** Further ones. */
  readonly more?: ReadonlyArray<Column<Row>>;
  /** Opens one to be changed. */
  readonly onOpen: (row: Row) => void;
}

export function columnsOf<Row extends Item>({
  describe,
  more = [],
  onOpen,
}: Columns<Row>): ReadonlyArray<Column<Row>> {
  return [
    {
      title: 'Id',
      show: ({ id, VID }) => <span class="id">{id ?? VID}</span>,
      write: ({ id, VID }) => id ?? VID,
    },
    { title: 'Description', show: describe, write: describe },
    ...more,
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
        may('admin') && (
          <button type="button" class="button small" onClick={() => onOpen(row)}>
            Change
          </button>
        ),
    },
  ];
}

interface StatusFieldProps {
  readonly value: Status;
  readonly onChange: (value: Status) => void;
}

export function StatusField({ value, onChange }: StatusFieldProps) {
  return (
    <Select
      label="Status"
      value={value}
      onChange={(status) => onChange(status as Status)}
      options={STATUSES.map((status) => [status, status])}
    />
  );
}
