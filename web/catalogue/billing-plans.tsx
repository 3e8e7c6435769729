/** Billing plans, as CashBox has them. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { may } from '../api/session';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { PagedList } from '../parts/paged-list';
import { IdsField, idsOfItem } from './ids-field';
import { columnsOf, StatusField } from './item-columns';
import { type Period, PeriodFields, periodsInWords } from './periods';
import { Touched } from './touched';
import './catalogue.css';

type Plan = Answer<'listBillingPlans'>['billingPlans'][number];

export function BillingPlans({ merchant }: { readonly merchant: string }) {
  const [open, setOpen] = useState<Plan | 'new'>();
  const [turn, setTurn] = useState(0);
  return (
    <section class="panel" aria-label="Billing plans">
      <PagedList
        title="Billing plans"
        of={[merchant]}
        turn={turn}
        columns={columnsOf<Plan>({
          describe: ({ description }) => description,
          more: [
            {
              title: 'Billed',
              show: ({ periods }) => periodsInWords(periods),
              write: ({ periods }) => periodsInWords(periods),
            },
          ],
          onOpen: setOpen,
        })}
        keyOf={({ VID }) => VID}
        empty="There is no billing plan yet. Clients make them by BillingPlan.update, or an admin does here."
        fetch={async (lastLoadedId, pageLength, signal) => {
          const { billingPlans, next_page } = await send('listBillingPlans', {
            merchant,
            query: { lastLoadedId, pageLength },
            signal,
          });
          return { rows: billingPlans, next: next_page };
        }}
      />
      {may('admin') && (
        <div>
          <button type="button" class="button first" onClick={() => setOpen('new')}>
            Add a billing plan
          </button>
        </div>
      )}
      {open !== undefined && (
        <PlanDialog
          merchant={merchant}
          plan={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={() => setTurn((count) => count + 1)}
        />
      )}
    </section>
  );
}

interface PlanDialogProps {
  readonly merchant: string;
  /** undefined: a new one. */
  readonly plan: Plan | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const MONTHLY: Period = { type: 'Month', quantity: 1, cycles: 0 };

function PlanDialog({ merchant, plan, onClose, onDone }: PlanDialogProps) {
  const [id, setId] = useState(plan?.id ?? '');
  const [status, setStatus] = useState(plan?.status ?? 'Active');
  const [description, setDescription] = useState(plan?.description ?? '');
  const [ids, setIds] = useState(plan?.entitlements.map((one) => one.id).join('\n') ?? '');
  const [periods, setPeriods] = useState<readonly Period[]>(plan?.periods ?? [MONTHLY]);
  const save = () => {
    const fields = {
      status,
      description: description === '' ? undefined : description,
      entitlements: idsOfItem(ids, plan?.entitlements),
      // Those that weren't touched aren't sent: nothing follows then.
      periods: periods === plan?.periods || periods.length === 0 ? undefined : [...periods],
    };
    const typed = id.trim();
    if (!plan) return send('addBillingPlan', { merchant, body: { ...fields, id: typed } });
    const body: Body<'changeBillingPlan'> = { ...fields, id: typed === '' ? undefined : typed };
    return send('changeBillingPlan', { merchant, params: { VID: plan.VID }, body });
  };
  return (
    <Dialog
      title={plan ? `Billing plan ${plan.id ?? plan.VID}` : 'Add a billing plan'}
      onClose={onClose}
    >
      {plan && <Touched merchant={merchant} of={{ billingPlan: plan.VID }} />}
      <Form
        verb={plan ? 'Change the billing plan' : 'Add'}
        act={save}
        onDone={() => {
          onClose();
          onDone();
        }}
      >
        <Field
          label="Id"
          value={id}
          onInput={setId}
          hint="Its merchantBillingPlanId."
          required={plan?.id !== undefined || !plan}
          isFirst
        />
        <Field label="Description" value={description} onInput={setDescription} />
        <StatusField value={status} onChange={setStatus} />
        <PeriodFields value={periods} onChange={setPeriods} />
        <IdsField value={ids} onInput={setIds} />
      </Form>
    </Dialog>
  );
}
