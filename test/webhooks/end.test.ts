/** The end of a server while messages are under way. */
import { Post } from './post';
import { Receiver } from './receiver';

const SECOND = 1000;

let post: Post;
let receiver: Receiver;

beforeEach(async () => {
  post = await Post.open();
  receiver = await new Receiver().start();
});
afterEach(async () => {
  await post.close();
  await receiver.stop();
});

const statesOf = async (endpoint: number) =>
  (await post.messages(endpoint)).map(({ state }) => state);

test('the end of the server waits for attempts under way, and writes down what came', async () => {
  const id = await post.endpoint('a', receiver.url);
  let answer = () => {};
  post.hanging.add(receiver.url);
  receiver.manner = (response) => (answer = () => response.writeHead(200).end());
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  await receiver.until(1);
  const stopped = post.deliveries.stop(10 * SECOND);
  answer();
  await stopped;
  expect(await statesOf(id)).toEqual(['delivered']);
});

test('one that is not answered before the end is sent again after the next start', async () => {
  const id = await post.endpoint('a', receiver.url);
  post.hanging.add(receiver.url);
  receiver.manner = () => undefined;
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  await receiver.until(1);
  const stopped = post.deliveries.stop(10 * SECOND);
  await post.time.pass(10 * SECOND);
  await stopped;
  expect(await post.messages(id)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  post.hanging.clear();
  receiver.manner = 200;
  post.restart();
  await post.pass();
  expect(await statesOf(id)).toEqual(['delivered']);
});
