/** Who an account is. */
import type { Answer } from '../api/request';
import { Moment } from '../parts/moment';
import { at } from '../route/screens';
import { nameOfAccount } from './names';

type Account = Answer<'getAccount'>;

/** The names of an account's data, in the order in which they are shown. */
const SHOWN: ReadonlyArray<readonly [string, (account: Account) => string | undefined]> = [
  ['Name', ({ name }) => name],
  ['Company', ({ company }) => company],
  ['E-mail', ({ email }) => email],
  ['External id', ({ externalId }) => externalId],
  ['Language', ({ language }) => language],
  ['Currency', ({ currency }) => currency],
];

interface FactsProps {
  readonly merchant: string;
  readonly account: Account;
}

export function Facts({ merchant, account }: FactsProps) {
  const { VID, createdAt, successor, parent, nameValues, address, erasures } = account;
  const known = SHOWN.flatMap(([title, read]) => {
    const value = read(account);
    return value === undefined || value === '' ? [] : [[title, value] as const];
  });
  const lines = Object.values(address ?? {}).filter((line) => typeof line === 'string');
  return (
    <div class="stack">
      {successor && (
        <p class="notice warn">
          What this account had was transferred to{' '}
          <a href={at.account(merchant, successor.VID)}>{nameOfAccount(successor)}</a>.
        </p>
      )}
      {erasures.map((erasure) => (
        <p class="notice" key={erasure.at}>
          Personal data was erased by {erasure.by} on <Moment at={erasure.at} />.
        </p>
      ))}
      <dl class="facts account-facts">
        {known.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {lines.length > 0 && (
          <div>
            <dt>Address</dt>
            <dd>{lines.join(', ')}</dd>
          </div>
        )}
        {parent && (
          <div>
            <dt>Belongs to</dt>
            <dd>
              <a href={at.account(merchant, parent.VID)}>{nameOfAccount(parent)}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>VID</dt>
          <dd class="id">{VID}</dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            <Moment at={createdAt} day />
          </dd>
        </div>
        {nameValues.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
