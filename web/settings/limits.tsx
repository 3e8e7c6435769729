/** What a merchant does about payments that fail. */
import { useState } from 'preact/hooks';
import { type Answer, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Done, Fault, Waiting } from '../parts/notice';

export function Limits({ merchant }: { readonly merchant: string }) {
  const { answer, problem, again } = useAnswer('getMerchant', { merchant });
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  if (may('admin')) return <Change merchant={merchant} now={answer} />;
  return (
    <dl class="facts">
      <dt>Failed payments of an order</dt>
      <dd>revoke it from number {answer.paymentFailureLimit} in a row on</dd>
      <dt>Days of grace of an AutoBill</dt>
      <dd>{answer.graceDays}</dd>
    </dl>
  );
}

interface ChangeProps {
  readonly merchant: string;
  readonly now: Answer<'getMerchant'>;
}

function Change({ merchant, now }: ChangeProps) {
  const [limit, setLimit] = useState(String(now.paymentFailureLimit));
  const [days, setDays] = useState(String(now.graceDays));
  const [isDone, setDone] = useState(false);
  const change = () => {
    setDone(false);
    const body = { paymentFailureLimit: Number(limit), graceDays: Number(days) };
    return send('changeMerchant', { merchant, body });
  };
  return (
    <>
      {isDone && <Done>It is so from now on.</Done>}
      <Form verb="Change" act={change} onDone={() => setDone(true)}>
        <Field
          label="Failed payments in a row that revoke an order"
          type="number"
          min={1}
          max={1000}
          value={limit}
          onInput={setLimit}
          required
        />
        <Field
          label="Days of grace"
          type="number"
          min={0}
          max={365}
          value={days}
          onInput={setDays}
          hint="How long access by an AutoBill lasts while it is not paid."
          required
        />
      </Form>
    </>
  );
}
