<?php

/** Tests that fail: what their reports show is looked at from outside. */
declare(strict_types=1);

use Latchkey\UsesLatchkey;
use PHPUnit\Framework\TestCase;

final class Failing extends TestCase
{
    use UsesLatchkey;

    protected function setUp(): void
    {
        isEntitled($this->latchkey, 'bob');
    }

    public function testFails(): void
    {
        $this->latchkey->verify(['operation' => 'isEntitled', 'fields' => ['account.merchantAccountId' => 'ada']]);
    }

    public function testPasses(): void
    {
        self::assertTrue(true);
    }

    public function testIsSkipped(): void
    {
        self::markTestSkipped('why not');
    }
}
