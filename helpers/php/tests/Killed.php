<?php

/** A run that is killed: its server ends all the same. */
declare(strict_types=1);

use Latchkey\UsesLatchkey;
use PHPUnit\Framework\TestCase;

final class Killed extends TestCase
{
    use UsesLatchkey;

    public function testIsKilled(): void
    {
        self::assertSame('400', isEntitled($this->latchkey, 'bob'));
        fwrite(STDERR, "killed\n");
        exec('kill -9 ' . getmypid());
    }
}
