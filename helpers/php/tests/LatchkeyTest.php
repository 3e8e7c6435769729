<?php

/** The trait `UsesLatchkey`: each test's own merchant, its parts, and what is refused. */
declare(strict_types=1);

use Latchkey\LatchkeyError;
use Latchkey\UsesLatchkey;
use PHPUnit\Framework\AssertionFailedError;
use PHPUnit\Framework\TestCase;

final class LatchkeyTest extends TestCase
{
    use UsesLatchkey;

    private const PLAY = ['account' => ['merchantAccountId' => 'ada'], 'merchantEntitlementId' => 'play'];
    private const SEED = [
        'accounts' => [['merchantAccountId' => 'ada']],
        'entitlements' => [self::PLAY + ['endTimestamp' => '2100-01-01T00:00:00Z']],
    ];
    private const ASKED = ['operation' => 'isEntitled', 'fields' => ['account.merchantAccountId' => 'ada']];
    private static array $controls = [];

    public function testEachTestHasAMerchantOfItsOwn(): void
    {
        self::assertSame('400', $this->isEntitled());
        $this->latchkey->seed(self::SEED);
        self::assertSame('1', $this->isEntitled());
        self::$controls[] = "{$this->latchkey->url}/_latchkey/merchants/{$this->latchkey->login}/clock";
    }

    public function testNothingIsLeftOfThatTest(): void
    {
        $this->testEachTestHasAMerchantOfItsOwn();
        [$before, $now] = self::$controls;
        self::assertStringContainsString(' 404 ', get_headers($before)[0]);
        self::assertStringContainsString(' 200 ', get_headers($now)[0]);
    }

    public function testClock(): void
    {
        $clock = $this->latchkey->clock;
        $this->latchkey->seed(self::SEED);
        self::assertSame('running', $clock->get()['mode']);
        self::assertSame('frozen', $clock->freeze()['mode']);
        [$happened] = $clock->set('2101-01-01T00:00:00Z')['happened'];
        self::assertSame(['ada', 'expire'], [$happened['account'], $happened['action']]);
        self::assertSame('0', $this->isEntitled());
        self::assertSame('2101-01-02T00:00:00.000Z', $clock->advance('P1D')['now']);
        self::assertSame('running', $clock->run()['mode']);
        $this->latchkey->reset('empty');
        self::assertSame('2102-01-01T00:00:00.000Z', $clock->freeze('2102-01-01T00:00:00Z')['now']);
        self::assertSame('running', $clock->reset()['mode']);
    }

    public function testSnapshotAndReset(): void
    {
        $this->latchkey->seed(self::SEED);
        $snapshot = $this->latchkey->snapshot('may play');
        $this->latchkey->reset('empty');
        self::assertSame('400', $this->isEntitled());
        $snapshot->restore();
        self::assertSame('1', $this->isEntitled());
        $this->latchkey->clock->set('2101-01-01T00:00:00Z');
        self::assertSame('0', $this->isEntitled());
        $this->latchkey->reset();
        self::assertSame('1', $this->isEntitled());
        $this->latchkey->snapshot()->delete();
        $snapshot->delete();
        $this->expectException(LatchkeyError::class);
        $this->expectExceptionMessage('no snapshot');
        $snapshot->restore();
    }

    public function testFaults(): void
    {
        $this->latchkey->seed(self::SEED);
        $this->latchkey->faults->set(['operation' => 'isEntitled', 'returnCode' => 503, 'times' => 1]);
        self::assertSame('503', $this->isEntitled());
        self::assertSame('1', $this->isEntitled());
        self::assertSame(1, $this->latchkey->faults->list()[0]['struck']);
        $this->latchkey->faults->clear();
        self::assertSame([], $this->latchkey->faults->list());
    }

    public function testRequestsAndVerify(): void
    {
        $requests = $this->latchkey->requests;
        $this->latchkey->seed(self::SEED);
        $this->isEntitled();
        $this->isEntitled('bob');
        [$first] = $requests->list();
        self::assertSame(200, $requests->get($first['id'])['reply']['status']);
        self::assertSame([$first], $requests->find(self::ASKED));
        self::assertSame(1, $requests->count(self::ASKED));
        self::assertStringEndsWith('is "bob" instead of "ada"', $requests->nearMisses(self::ASKED)[0]['message']);
        $this->latchkey->verify(self::ASKED + ['count' => 1]);
        $requests->clear();
        $this->latchkey->verify(self::ASKED + ['never' => true]);
        self::assertSame('No request came.', $this->latchkey->report());
        $this->expectException(AssertionFailedError::class);
        $this->expectExceptionMessage('Expected exactly 2, but 0 of 0 requests are isEntitled');
        $this->latchkey->verify(self::ASKED + ['count' => 2]);
    }

    public function testWsdlAndApiKey(): void
    {
        $latchkey = $this->latchkey;
        self::assertSame("$latchkey->url/4.3/AutoBill.wsdl", $latchkey->wsdl('AutoBill', '4.3'));
        $context = stream_context_create(['http' => ['header' => "X-API-KEY: $latchkey->apiKey"]]);
        self::assertStringContainsString($latchkey->login, file_get_contents("$latchkey->url/v1/keys", false, $context));
    }

    public function testARefusalNamesTheField(): void
    {
        $this->expectException(LatchkeyError::class);
        $this->expectExceptionMessage('duration must be an ISO 8601 duration');
        $this->latchkey->clock->advance('soon');
    }

    public function testARefusedSeedNamesThePath(): void
    {
        $this->expectExceptionMessageMatches('/^PUT .*\/seed: accounts/');
        $this->latchkey->seed(['accounts' => [['town' => 'Bregenz']]]);
    }

    private function isEntitled(string $account = 'ada'): string
    {
        return isEntitled($this->latchkey, $account);
    }
}
