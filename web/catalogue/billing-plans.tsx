/** Billing plans, as CashBox has them. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { may } from '../api/session';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { PagedList } from '../parts/paged-list';
import { IdsField, idsOf } from './ids-field';
import { columnsOf } from './item-columns';
import { Touched } from './touched';

type Plan = Answer<'listBillingPlans'>['billingPlans'][number];
type NewPlan = Body<'putBillingPlan'>;
type Period = NonNullable<NewPlan['periods']>[number];

export function BillingPlans({ merchant }: { readonly merchant: string }) {
  const [open, setOpen] = useState<Plan | 'new'>();
  const [turn, setTurn] = useState(0);
  return (
    <section class="panel" aria-label="Billing plans">
      <PagedList
        title="Billing plans"
        of={[merchant, turn]}
        columns={columnsOf<Plan>(setOpen)}
        keyOf={({ VID }) => VID}
        empty="There is no billing plan yet. Clients make them by BillingPlan.update, or you do here."
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

function PlanDialog({ merchant, plan, onClose, onDone }: PlanDialogProps) {
  const [id, setId] = useState(plan?.id ?? '');
  const [description, setDescription] = useState(plan?.descriptions[0]?.description ?? '');
  const [ids, setIds] = useState(plan?.entitlements.map((one) => one.id).join('\n') ?? '');
  const [type, setType] = useState<Period['type']>('Month');
  const [quantity, setQuantity] = useState('1');
  const save = () => {
    const body: NewPlan = {
      id: id.trim(),
      description: description === '' ? undefined : description,
      entitlements: idsOf(ids),
      // The periods of a plan that is there stay as they are.
      ...(plan ? {} : { periods: [{ type, quantity: Number(quantity) }] }),
    };
    return send('putBillingPlan', { merchant, body });
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
        {!plan && (
          <>
            <Field
              label="Id"
              value={id}
              onInput={setId}
              hint="Its merchantBillingPlanId."
              required
              isFirst
            />
            <Field
              label="Billed every"
              type="number"
              min={1}
              value={quantity}
              onInput={setQuantity}
              required
            />
            <Select
              label="Unit"
              value={type}
              onChange={(value) => setType(value as Period['type'])}
              options={[
                ['Day', 'days'],
                ['Week', 'weeks'],
                ['Month', 'months'],
                ['Year', 'years'],
              ]}
            />
          </>
        )}
        <Field label="Description" value={description} onInput={setDescription} />
        <IdsField value={ids} onInput={setIds} />
      </Form>
    </Dialog>
  );
}
