<?php

/** Latchkey for PHPUnit: one server a run, and for each test a merchant that is removed after it. */
declare(strict_types=1);
namespace Latchkey;

use PHPUnit\Framework\{Assert, Attributes\After, Attributes\Before, IncompleteTest, SkippedTest};

/** There is no server, or it refused a call: the message says why. */
final class LatchkeyError extends \RuntimeException {}

/** Gives each test `$this->latchkey`; for one that fails it prints which requests came. */
trait UsesLatchkey
{
    protected Latchkey $latchkey;
    private string $requestsThatCame = '';

    /** @before */ #[Before]
    protected function setUpLatchkey(): void
    {
        $url = serverUrl();
        $this->latchkey = new Latchkey($url, send('POST', "$url/_latchkey/merchants"));
    }

    /** @after */ #[After]
    protected function tearDownLatchkey(): void
    {
        $this->requestsThatCame = $this->latchkey->report();
        $this->latchkey->remove();
    }

    protected function onNotSuccessfulTest(\Throwable $t): never
    {
        if ($this->requestsThatCame !== '' && !$t instanceof SkippedTest && !$t instanceof IncompleteTest) {
            // PHPUnit 10 and later have noted the message of a failure already.
            $name = method_exists($this, 'name') ? $this->name() : $this->getName();
            fwrite(STDERR, "\nlatchkey: " . static::class . "::$name\n{$this->requestsThatCame}\n");
        }
        throw $t;
    }
}

/** The calls about a part of what a merchant has. */
abstract class Part { public function __construct(protected readonly string $control) {} }

/** A merchant as a test steers it, by the calls that docs/simulation.md describes. */
final class Latchkey extends Part
{
    public readonly string $login, $password, $apiKey, $endpoint;
    public readonly Clock $clock;
    public readonly Faults $faults;
    public readonly Requests $requests;

    public function __construct(public readonly string $url, array $made)
    {
        ['login' => $this->login, 'password' => $this->password, 'apiKey' => $this->apiKey] = $made;
        ['endpoint' => $this->endpoint, 'control' => $control] = $made;
        parent::__construct($control);
        $this->clock = new Clock("$control/clock");
        $this->faults = new Faults("$control/faults");
        $this->requests = new Requests("$control/requests");
    }

    public function wsdl(string $service = 'Account', string $version = '22.0'): string { return "$this->url/$version/$service.wsdl"; }
    public function seed(array $seed): array { return send('PUT', "$this->control/seed", (object) $seed); }
    public function reset(?string $to = null): array { return send('POST', "$this->control/reset", (object) array_filter(['to' => $to])); }
    public function report(): string { return send('GET', "$this->control/report")['report']; }
    public function remove(): void { send('DELETE', $this->control); }

    public function snapshot(?string $name = null): Snapshot
    {
        $control = "$this->control/snapshots/" . rawurlencode($name ?? bin2hex(random_bytes(8)));
        send('POST', $control);
        return new Snapshot($control);
    }

    public function verify(array $expectation): void
    {
        $result = send('POST', "$this->control/verify", (object) $expectation);
        Assert::assertTrue($result['verified'], $result['message']);
    }
}

/** The clock. Its moves answer when all that fell due was written down. */
final class Clock extends Part
{
    public function get(): array { return send('GET', $this->control); }
    public function freeze(?string $instant = null): array { return $this->change('freeze', array_filter(['instant' => $instant])); }
    public function set(string $instant): array { return $this->change('set', ['instant' => $instant]); }
    public function advance(string $duration): array { return $this->change('advance', ['duration' => $duration]); }
    public function run(): array { return $this->change('run'); }
    public function reset(): array { return $this->change('reset'); }
    private function change(string $action, array $more = []): array { return send('PUT', $this->control, ['action' => $action] + $more); }
}

/** Faults on demand. */
final class Faults extends Part
{
    public function set(array ...$faults): array { return send('PUT', $this->control, $faults); }
    public function list(): array { return send('GET', $this->control); }
    public function clear(): void { $this->set(); }
}

/** The requests that came. */
final class Requests extends Part
{
    public function list(): array { return send('GET', $this->control); }
    public function get(string $id): array { return send('GET', "$this->control/" . rawurlencode($id)); }
    public function find(array $expectation): array { return send('POST', "$this->control/find", (object) $expectation); }
    public function count(array $expectation): int { return send('POST', "$this->control/count", (object) $expectation)['count']; }
    public function nearMisses(array $expectation): array { return send('POST', "$this->control/near-misses", (object) $expectation); }
    public function clear(): void { send('DELETE', $this->control); }
}

/** Data and clock that were kept. */
final class Snapshot extends Part
{
    public function restore(): array { return send('POST', "$this->control/restore"); }
    public function delete(): void { send('DELETE', $this->control); }
}

/** The server at LATCHKEY_URL, or one that LATCHKEY_COMMAND starts and that ends with this program. */
function serverUrl(): string
{
    static $url = null;
    if ($url ??= getenv('LATCHKEY_URL') ?: null) {
        return $url = rtrim($url, '/');
    }
    $command = getenv('LATCHKEY_COMMAND') ?: 'npx --no-install latchkey';
    $serve = 'serve --simulate --port 0 --database :memory: --log-level silent --json --end-with-input';
    $process = proc_open("$command $serve", [['pipe', 'r'], ['pipe', 'w']], $pipes);
    $facts = fgets($pipes[1])
        ?: throw new LatchkeyError("`$command` did not serve: install latchkey here, or set LATCHKEY_COMMAND");
    register_shutdown_function(fn () => fclose($pipes[0]) && proc_close($process));
    return $url = json_decode($facts, true)['url'];
}

/** Sends JSON and gives what comes back. */
function send(string $method, string $url, array|object|null $body = null): mixed
{
    $http = ['method' => $method, 'header' => 'Content-Type: application/json', 'ignore_errors' => true, 'timeout' => 120];
    $http['content'] = $body === null ? '' : json_encode($body);
    $stream = @fopen($url, 'r', false, stream_context_create(['http' => $http]))
        ?: throw new LatchkeyError("$method $url: no answer: " . error_get_last()['message']);
    $answer = json_decode(stream_get_contents($stream), true);
    [, $status] = explode(' ', stream_get_meta_data($stream)['wrapper_data'][0]);
    $why = $answer['message'] ?? 'the server is no simulation: start it with --simulate';
    return $status < 400 ? $answer : throw new LatchkeyError("$method $url: $why");
}
