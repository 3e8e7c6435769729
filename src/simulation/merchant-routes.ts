/** Merchants of a simulation: made for a test, and taken away after it. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { addApiKey } from '../access/api-keys';
import { hashPassword, newPassword, THROW_AWAY } from '../access/password';
import { reservedFor } from '../base/work';
import { quote } from '../base/quote';
import { conflict } from '../base/refusal';
import { SCOPES } from '../base/scope';
import { baseUrl } from '../discovery/base-url';
import { badRequest } from '../rest/api-error';
import { ok } from '../rest/ok';
import { StoreError } from '../store/store';
import {
  type ControlRoute,
  type ControlTools,
  defineControl,
  loginInput,
  unknownMerchant,
} from './context';
import { currentExchange } from './exchange';
import { MadeMerchant } from './shown';

const tag = 'Merchants';
const HOST = 'http://127.0.0.1:8787';

const add = defineControl({
  method: 'post',
  path: '/merchants',
  name: 'addMerchant',
  summary: 'Make a merchant, with a password and an API key',
  tag,
  body: z
    .object({
      login: loginInput
        .regex(
          /^[^\p{C}\s](?:[^\p{C}]{0,98}[^\p{C}\s])?$/u,
          'must be visible characters, without a space at its ends',
        )
        .optional()
        .meta({ description: 'Absent: one is made up.' }),
      password: z.string().min(1).max(200).optional().meta({
        description: 'Absent: one is made up.',
      }),
      scope: z.enum(SCOPES).optional().meta({ description: "The key's; default: admin." }),
    })
    .optional(),
  answers: { 200: { description: 'The merchant.', schema: MadeMerchant } },
  example: {
    body: { login: 'test-1', password: 'secret' },
    answer: ok({
      login: 'test-1',
      password: 'secret',
      apiKey: 'lk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
      endpoint: `${HOST}/soap.pl`,
      wsdl: `${HOST}/22.0/Account.wsdl`,
      control: `${HOST}/_latchkey/merchants/test-1`,
    }),
  },
  refusals: [409],
  refusalExamples: { 409: 'There is a merchant test-1 already.' },
  access: 'write',
  handle: async ({ tools, input: { body = {} } }) => {
    const { login = `test-${randomBytes(6).toString('hex')}`, password = newPassword() } = body;
    const named = reservedFor(login);
    if (named !== undefined) throw badRequest(`login must not be how the ledger calls ${named}`);
    const merchant = await insert(tools, login, await hashPassword(password, THROW_AWAY));
    const { key } = await tools.store.transact(merchant.id, (unit) =>
      addApiKey(
        unit,
        { now: unit.now(), actor: login },
        { name: login, scope: body.scope ?? 'admin' },
      ),
    );
    const base = baseUrl(currentExchange().request, tools.publicUrl);
    return ok({
      login,
      password,
      apiKey: key,
      endpoint: `${base}/soap.pl`,
      wsdl: `${base}/${tools.contract.newest.version}/Account.wsdl`,
      control: `${base}/_latchkey/merchants/${encodeURIComponent(login)}`,
    });
  },
});

/** @throws Refusal 409 where there is one of that login */
async function insert({ store }: ControlTools, login: string, passwordHash: string) {
  try {
    return await store.insertMerchant({ login, passwordHash, createdAt: store.now() });
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'refused') throw error;
    throw conflict(`There is a merchant ${quote(login)} already.`);
  }
}

const list = defineControl({
  method: 'get',
  path: '/merchants',
  name: 'listMerchants',
  summary: 'List the merchants, by login',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.array(z.object({ login: z.string() })),
    },
  },
  example: { answer: ok([{ login: 'demo' }, { login: 'test-1' }]) },
  access: 'read',
  handle: async ({ tools }) => {
    const merchants = await tools.store.listMerchants();
    return ok(merchants.map(({ login }) => ({ login })));
  },
});

const remove = defineControl({
  method: 'delete',
  path: '/merchants/{login}',
  name: 'removeMerchant',
  summary: 'Take a merchant away, with all that it has',
  tag,
  params: z.object({ login: loginInput }),
  answers: { 204: { description: 'It is gone.' } },
  example: { params: { login: 'test-1' }, answer: { status: 204 } },
  refusals: [404],
  refusalExamples: { 404: unknownMerchant('test-1').message },
  access: 'write',
  handle: async ({ tools, steered }) => {
    const { merchant, world } = await steered();
    await world.replaceData(() => tools.store.merchantStates.remove(merchant.id));
    tools.worlds.forget(merchant.id);
    tools.clocks.forget(merchant.id);
    return { status: 204 as const };
  },
});

/** In the order in which they are listed. */
export const MERCHANT_ROUTES: readonly ControlRoute[] = [add, list, remove];
