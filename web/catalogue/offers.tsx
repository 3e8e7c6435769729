/** Offers: what orders give. */
import { useState } from 'preact/hooks';
import { PreviewView } from '../act/preview-view';
import { type Answer, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer, useDoing } from '../api/use-answer';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';
import { IdsField, idsOf } from './ids-field';
import { Touched } from './touched';

export function Offers({ merchant }: { readonly merchant: string }) {
  const { answer, problem, again } = useAnswer('listOffers', { merchant });
  const [open, setOpen] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <section class="panel" aria-label="Offers">
      {answer.length === 0 ? (
        <Empty>
          There is no offer yet. An offer names the entitlements that an order of it gives.
        </Empty>
      ) : (
        <WholeList
          title="Offers"
          rows={answer}
          keyOf={({ id }) => id}
          columns={[
            { title: 'Name', write: ({ name }) => name },
            { title: 'Id', show: ({ id }) => <span class="id">{id}</span>, write: ({ id }) => id },
            {
              title: 'Actions',
              kind: 'actions',
              show: ({ id }) => (
                <button type="button" class="button small" onClick={() => setOpen(id)}>
                  {may('admin') ? 'Look or change' : 'Look'}
                </button>
              ),
            },
          ]}
        />
      )}
      {may('admin') && (
        <div>
          <button type="button" class="button first" onClick={() => setAdding(true)}>
            Add an offer
          </button>
        </div>
      )}
      {isAdding && (
        <AddDialog merchant={merchant} onClose={() => setAdding(false)} onDone={again} />
      )}
      {open !== undefined && (
        <OfferDialog
          merchant={merchant}
          offerId={open}
          onClose={() => setOpen(undefined)}
          onDone={again}
        />
      )}
    </section>
  );
}

interface DialogProps {
  readonly merchant: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function AddDialog({ merchant, onClose, onDone }: DialogProps) {
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [ids, setIds] = useState('');
  const add = () => {
    const body = { id: id.trim() === '' ? undefined : id.trim(), name, entitlements: idsOf(ids) };
    return send('addOffer', { merchant, body });
  };
  return (
    <Dialog title="Add an offer" onClose={onClose}>
      <Form
        verb="Add"
        act={add}
        onDone={() => {
          onClose();
          onDone();
        }}
      >
        <Field label="Name" value={name} onInput={setName} required isFirst />
        <Field label="Id" value={id} onInput={setId} hint="Nothing: the server makes one." />
        <IdsField value={ids} onInput={setIds} />
      </Form>
    </Dialog>
  );
}

function OfferDialog({ offerId, ...props }: DialogProps & { readonly offerId: string }) {
  const { merchant, onClose } = props;
  const { answer, problem, again } = useAnswer('getOffer', { merchant, params: { offerId } });
  return (
    <Dialog title={`Offer ${offerId}`} onClose={onClose}>
      <Fault problem={problem} again={again} />
      {answer ? <OfferView {...props} offer={answer} /> : problem === undefined && <Waiting />}
    </Dialog>
  );
}

type Offer = Answer<'getOffer'>;

function OfferView({ offer, ...props }: DialogProps & { readonly offer: Offer }) {
  const { merchant } = props;
  const { id, name, entitlements, createdAt } = offer;
  return (
    <div class="stack">
      <dl class="facts">
        <dt>Name</dt>
        <dd>{name}</dd>
        <dt>Gives</dt>
        <dd>{entitlements.join(', ')}</dd>
        <dt>Since</dt>
        <dd>
          <Moment at={createdAt} />
        </dd>
      </dl>
      <Touched merchant={merchant} of={{ offer: id }} />
      {may('admin') && <ChangeOffer {...props} offer={offer} />}
    </div>
  );
}

/** The change is looked at before it is made, as changes of accounts are. */
function ChangeOffer({
  merchant,
  offer,
  onClose,
  onDone,
}: DialogProps & { readonly offer: Offer }) {
  const { id: offerId } = offer;
  const [name, setName] = useState(offer.name);
  const [ids, setIds] = useState(offer.entitlements.join('\n'));
  const [preview, setPreview] = useState<Answer<'previewChange'>>();
  const doing = useDoing();
  const entitlements = idsOf(ids);
  const look = async () => {
    const body = { action: 'offer.change' as const, offerId, entitlements };
    setPreview(await send('previewChange', { merchant, body }));
  };
  const change = async () => {
    const body = { name, entitlements };
    const isDone = await doing.run(() =>
      send('changeOffer', { merchant, params: { offerId }, body }),
    );
    if (!isDone) return;
    onClose();
    onDone();
  };
  if (preview) {
    return (
      <div class="stack">
        <Fault problem={doing.problem} />
        <PreviewView preview={preview} />
        <div class="row">
          <button
            type="button"
            class="button first"
            disabled={doing.isBusy}
            onClick={() => void change()}
          >
            {doing.isBusy ? 'Working…' : 'Change the offer'}
          </button>
          <button type="button" class="button" onClick={() => setPreview(undefined)}>
            Back
          </button>
        </div>
      </div>
    );
  }
  return (
    <Form verb="Show what will be different" act={look}>
      <Field label="Name" value={name} onInput={setName} required />
      <IdsField value={ids} onInput={setIds} />
    </Form>
  );
}
