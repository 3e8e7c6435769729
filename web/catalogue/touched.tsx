/** How many accounts a change of the catalogue will touch, said before it is made. */
import { useAnswer } from '../api/use-answer';
import { Fault } from '../parts/notice';

interface TouchedProps {
  readonly merchant: string;
  /** What is to be changed: one of them. */
  readonly of: {
    readonly product?: string;
    readonly billingPlan?: string;
    readonly offer?: string;
  };
}

export function Touched({ merchant, of }: TouchedProps) {
  const { answer, problem } = useAnswer('countTouched', { merchant, query: of });
  if (problem !== undefined) return <Fault problem={problem} />;
  if (!answer) return <p role="status">Counting accounts…</p>;
  const { accounts, isCut } = answer;
  if (accounts === 0) return <p class="notice">No account has it: nothing changes for anyone.</p>;
  const many = `${accounts.toLocaleString()}${isCut ? ' or more' : ''}`;
  return (
    <p class="notice warn">
      {accounts === 1 ? '1 account has it' : `${many} accounts have it`}: their access follows the
      change.
    </p>
  );
}
