/** Look-ups in one merchant's data, on any connection. */
import { PAGE, turnForRows } from '../../base/pages';
import type { AnswerReads } from '../answers';
import type { ApiKeyReads } from '../api-keys';
import type { AuditReads } from '../audit';
import type { AutoBillReads } from '../auto-bills';
import type { CatalogueReader } from '../catalogue';
import type { ErasureReads } from '../erasures';
import type { EventReads } from '../events';
import type { Eventually } from '../eventually';
import { PageCursors } from '../listing/page-cursors';
import type { LongWorkReads } from '../long-work';
import type { OrderReads } from '../orders';
import type { Reader } from '../store';
import type { FigureReads } from '../figures';
import type { SearchReads } from '../search';
import type { UserReads } from '../users';
import type { UseReads } from '../uses';
import type { WebhookReads } from '../webhooks';
import { type AccountStatements, prepareAccountReads } from './account-reads';
import { type AnswerReadStatements, PostgresAnswerReads, prepareAnswerReads } from './answer-reads';
import { type ApiKeyReadStatements, PostgresApiKeyReads, prepareApiKeyReads } from './api-keys';
import { type AuditStatements, PostgresAuditReads, prepareAuditReads } from './audit-reads';
import {
  type AutoBillReadStatements,
  PostgresAutoBillReads,
  prepareAutoBillReads,
} from './auto-bill-reads';
import { catalogueReader, type CatalogueReads, prepareCatalogueReads } from './catalogue-reads';
import { PostgresEntitlementReads } from './entitlement-reads';
import { type EntitlementStatements, prepareEntitlementReads } from './entitlement-statements';
import { type ErasureReadStatements, PostgresErasureReads, prepareErasureReads } from './erasures';
import { type EventReadStatements, PostgresEventReads, prepareEventReads } from './events';
import {
  type LongWorkReadStatements,
  PostgresLongWorkReads,
  prepareLongWorkReads,
} from './long-work';
import type { Moments } from './moments';
import { type OrderReadStatements, PostgresOrderReads, prepareOrderReads } from './order-reads';
import { type FigureStatements, PostgresFigures, prepareFigures } from './figures';
import { PostgresSearch, prepareSearch, type SearchStatements } from './search';
import type { Prepare } from './query';
import type { Shared } from './shared';
import { PostgresUserReads, prepareUserReads, type UserReadStatements } from './user-reads';
import { PostgresUses, prepareUses, type UseStatements } from './uses';
import {
  PostgresWebhookReads,
  prepareWebhookReads,
  type WebhookReadStatements,
} from './webhook-reads';

/** Every look-up, prepared once for a connection, or for those of a pool. */
export interface ReadStatements extends AccountStatements, EntitlementStatements {
  readonly cursors: PageCursors;
  readonly shared: Shared;
  readonly answers: AnswerReadStatements;
  readonly apiKeys: ApiKeyReadStatements;
  readonly audit: AuditStatements;
  readonly autoBills: AutoBillReadStatements;
  readonly catalogue: CatalogueReads;
  readonly erasures: ErasureReadStatements;
  readonly events: EventReadStatements;
  readonly longWork: LongWorkReadStatements;
  readonly orders: OrderReadStatements;
  readonly figures: FigureStatements;
  readonly search: SearchStatements;
  readonly users: UserReadStatements;
  readonly uses: UseStatements;
  readonly webhooks: WebhookReadStatements;
}

/** Prepares them. @param shared takes a merchant's lock before a look-up that must not miss a change */
export function prepareReads(prepare: Prepare, shared: Shared): ReadStatements {
  return {
    cursors: new PageCursors(),
    shared,
    answers: prepareAnswerReads(prepare),
    apiKeys: prepareApiKeyReads(prepare),
    audit: prepareAuditReads(prepare),
    autoBills: prepareAutoBillReads(prepare),
    catalogue: prepareCatalogueReads(prepare),
    erasures: prepareErasureReads(prepare),
    events: prepareEventReads(prepare),
    figures: prepareFigures(prepare),
    longWork: prepareLongWorkReads(prepare),
    orders: prepareOrderReads(prepare),
    search: prepareSearch(prepare),
    users: prepareUserReads(prepare),
    uses: prepareUses(prepare),
    webhooks: prepareWebhookReads(prepare),
    ...prepareAccountReads(prepare),
    ...prepareEntitlementReads(prepare),
  };
}

/** Rounds of loops between two turns of the event loop: some milliseconds' worth. */
const ROUNDS = 200;

/** A merchant's view of the store through prepared look-ups. */
export class PostgresReader extends PostgresEntitlementReads implements Reader {
  constructor(
    protected override readonly reads: ReadStatements,
    merchantId: number,
    protected readonly moments: Pick<Moments, 'nowOf'>,
  ) {
    super(reads, merchantId);
  }

  private rounds = 0;

  pause(weight = 1): Eventually<void> {
    this.rounds += weight;
    if (this.rounds < ROUNDS) return undefined;
    this.rounds = 0;
    return this.turn();
  }

  /** Loops that only look up have their turns one after another. */
  protected turn(): Eventually<void> {
    return turnForRows(PAGE);
  }

  get afterwards(): Reader {
    return this;
  }

  now(): number {
    return this.moments.nowOf(this.merchantId);
  }

  get answers(): AnswerReads {
    return new PostgresAnswerReads(this.reads.answers, this.merchantId);
  }

  get apiKeys(): ApiKeyReads {
    return new PostgresApiKeyReads(this.reads.apiKeys, this.merchantId);
  }

  get audit(): AuditReads {
    return new PostgresAuditReads(this.reads.audit, this.reads.shared, this.merchantId);
  }

  get erasures(): ErasureReads {
    return new PostgresErasureReads(this.reads.erasures, this.merchantId);
  }

  get events(): EventReads {
    return new PostgresEventReads(this.reads.events, this.reads.shared, this.merchantId);
  }

  get longWork(): LongWorkReads {
    return new PostgresLongWorkReads(this.reads.longWork, this.merchantId);
  }

  get orders(): OrderReads {
    return new PostgresOrderReads(this.reads.orders, this.merchantId);
  }

  get autoBills(): AutoBillReads {
    const { autoBills, cursors, shared } = this.reads;
    return new PostgresAutoBillReads(autoBills, cursors, shared, this.merchantId);
  }

  get catalogue(): CatalogueReader {
    return catalogueReader(this.reads.catalogue, this.reads.cursors, this.merchantId);
  }

  get figures(): FigureReads {
    return new PostgresFigures(this.reads.figures, this.merchantId);
  }

  get search(): SearchReads {
    return new PostgresSearch(this.reads.search, this.merchantId);
  }

  get users(): UserReads {
    return new PostgresUserReads(this.reads.users, this.merchantId);
  }

  get uses(): UseReads {
    return new PostgresUses(this.reads.uses, this.merchantId);
  }

  get webhooks(): WebhookReads {
    return new PostgresWebhookReads(this.reads.webhooks, this.merchantId);
  }
}
