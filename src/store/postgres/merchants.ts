/** Merchants in PostgreSQL. */
import type { Merchant, Merchants } from '../merchants';
import { selectList } from '../rows/columns';
import type { Prepare, PrepareChange } from './query';

const COLUMNS = selectList(['id', 'login', 'passwordHash', 'createdAt']);

/** @param prepare asks outside of units @param change changes outside of them */
export function createMerchants(prepare: Prepare, change: PrepareChange): Merchants {
  const byLogin = prepare<Merchant>(`SELECT ${COLUMNS} FROM merchant WHERE login = ?`);
  const all = prepare<Merchant>(`SELECT ${COLUMNS} FROM merchant ORDER BY login`);
  const insert = change(
    'INSERT INTO merchant (login, password_hash, created_at) VALUES (?, ?, ?) RETURNING id',
  );
  const update = change('UPDATE merchant SET password_hash = ? WHERE id = ?');
  return {
    findMerchant: (login) => byLogin.get(login),
    listMerchants: () => all.all(),
    insertMerchant: async (merchant) => {
      const { login, passwordHash, createdAt } = merchant;
      return { id: await insert.id(login, passwordHash, createdAt), ...merchant };
    },
    updatePassword: async (id, passwordHash) => {
      await update.run(passwordHash, id);
    },
  };
}
