/** The statements that change a merchant's data, prepared once for a connection. */
import { type AccountWriteStatements, prepareAccountWrites } from './account-writes';
import { type AnswerWriteStatements, prepareAnswerWrites } from './answer-writes';
import { type ApiKeyWriteStatements, prepareApiKeyWrites } from './api-keys';
import { type AutoBillWriteStatements, prepareAutoBillWrites } from './auto-bill-writes';
import { type CatalogueWrites, prepareCatalogueWrites } from './catalogue-writes';
import { type ErasureWriteStatements, prepareErasureWrites } from './erasures';
import { type EventWriteStatements, prepareEventWrites } from './events';
import { type FeedLineStatements, prepareFeedLines } from './feed-lines';
import { type LongWorkWriteStatements, prepareLongWorkWrites } from './long-work';
import { type OrderWriteStatements, prepareOrderWrites } from './order-writes';
import type { PrepareChange } from './query';
import { prepareUserWrites, type UserWriteStatements } from './user-writes';
import { prepareWebhookWrites, type WebhookWriteStatements } from './webhook-writes';

/** Every change. */
export interface WriteStatements extends AccountWriteStatements, FeedLineStatements {
  readonly answers: AnswerWriteStatements;
  readonly apiKeys: ApiKeyWriteStatements;
  readonly autoBills: AutoBillWriteStatements;
  readonly catalogue: CatalogueWrites;
  readonly erasures: ErasureWriteStatements;
  readonly events: EventWriteStatements;
  readonly longWork: LongWorkWriteStatements;
  readonly orders: OrderWriteStatements;
  readonly users: UserWriteStatements;
  readonly webhooks: WebhookWriteStatements;
}

/** Prepares them. */
export function prepareWrites(change: PrepareChange): WriteStatements {
  return {
    answers: prepareAnswerWrites(change),
    apiKeys: prepareApiKeyWrites(change),
    autoBills: prepareAutoBillWrites(change),
    catalogue: prepareCatalogueWrites(change),
    erasures: prepareErasureWrites(change),
    events: prepareEventWrites(change),
    longWork: prepareLongWorkWrites(change),
    orders: prepareOrderWrites(change),
    users: prepareUserWrites(change),
    webhooks: prepareWebhookWrites(change),
    ...prepareAccountWrites(change),
    ...prepareFeedLines(change),
  };
}
