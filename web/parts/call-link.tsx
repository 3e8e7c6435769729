/** The call that something came by: its first letters, which lead to it where calls are kept. */
import { at } from '../route/screens';

interface CallLinkProps {
  /** undefined: it leads nowhere. */
  readonly merchant: string | undefined;
  readonly id: string;
}

export function CallLink({ merchant, id }: CallLinkProps) {
  const short = id.slice(0, 8);
  if (merchant === undefined) {
    return (
      <span class="id" title={id}>
        {short}
      </span>
    );
  }
  return (
    <a class="id" href={at.calls(merchant, id)} title={id}>
      {short}
    </a>
  );
}
