<?php

/**
 * Contract tests of a client in PHP, on its own SoapClient: PHPUnit with the trait `UsesLatchkey`.
 *
 *     phpunit --bootstrap helpers/php/src/Latchkey.php examples/contract-tests
 */
declare(strict_types=1);

use Latchkey\UsesLatchkey;
use PHPUnit\Framework\TestCase;

/** The code under test: a client as it might stand in your program. */
final class Access
{
    private SoapClient $client;
    private array $auth;

    public function __construct(string $wsdl, string $login, string $password)
    {
        $this->client = new SoapClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE]);
        $this->auth = ['version' => '22.0', 'login' => $login, 'password' => $password];
    }

    public function may(string $account, string $entitlement): bool
    {
        return (bool) $this->call('isEntitled', $account, $entitlement)->entitled;
    }

    /** Revokes. A lost reply is asked for once more; then the entitlement may have ended already. */
    public function revoke(string $account, string $entitlement): string
    {
        try {
            return $this->outcome($this->call('revokeEntitlement', $account, $entitlement));
        } catch (SoapFault $fault) {
            if ($fault->faultcode !== 'HTTP') {
                throw $fault;
            }
            $outcome = $this->outcome($this->call('revokeEntitlement', $account, $entitlement));
            return str_contains($outcome, 'Could not find active entitlement') ? 'revoked' : $outcome;
        }
    }

    private function outcome(object $reply): string
    {
        return (string) $reply->return->returnCode === '200' ? 'revoked' : $reply->return->returnString;
    }

    private function call(string $operation, string $account, string $entitlement): object
    {
        return $this->client->$operation([
            'auth' => $this->auth,
            'srd' => '',
            'account' => ['merchantAccountId' => $account],
            'merchantEntitlementId' => $entitlement,
        ]);
    }
}

final class AccessTest extends TestCase
{
    use UsesLatchkey;

    private Access $access;

    protected function setUp(): void
    {
        $ada = ['merchantAccountId' => 'ada'];
        $play = ['account' => $ada, 'merchantEntitlementId' => 'play', 'endTimestamp' => '2030-01-01T00:00:00Z'];
        $this->latchkey->seed(['accounts' => [$ada], 'entitlements' => [$play]]);
        $this->access = new Access($this->latchkey->wsdl(), $this->latchkey->login, $this->latchkey->password);
    }

    public function testRevokes(): void
    {
        self::assertTrue($this->access->may('ada', 'play'));
        self::assertSame('revoked', $this->access->revoke('ada', 'play'));
        self::assertFalse($this->access->may('ada', 'play'));
        $fields = ['account.merchantAccountId' => 'ada'];
        $this->latchkey->verify(['operation' => 'revokeEntitlement', 'fields' => $fields, 'count' => 1]);
    }

    public function testALostReplyIsNoFailure(): void
    {
        $fault = ['operation' => 'revokeEntitlement', 'when' => 'after', 'fault' => 'EMPTY_RESPONSE', 'times' => 1];
        $this->latchkey->faults->set($fault);
        self::assertSame('revoked', $this->access->revoke('ada', 'play'));
        $this->latchkey->verify(['operation' => 'revokeEntitlement', 'count' => 2]);
    }

    public function testARefusalIsPassedOn(): void
    {
        self::assertSame('Account not found.', $this->access->revoke('bob', 'play'));
    }

    public function testAccessEndsByItself(): void
    {
        $this->latchkey->clock->set('2029-12-31T23:59:59Z');
        self::assertTrue($this->access->may('ada', 'play'));
        $this->latchkey->clock->advance('PT1S');
        self::assertFalse($this->access->may('ada', 'play'));
    }
}
