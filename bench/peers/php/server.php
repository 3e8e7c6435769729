<?php
/** Grant and revoke on PHP's SoapServer and PDO, with the statements that Latchkey runs. */

const LOGIN = 'bench';
const PASSWORD = 'p&ss<1>';
/** Of src/base/pages.ts. */
const FIRST_PAGE = 64;

final class Account
{
    private PDO $database;
    private array $statements;

    public function __construct()
    {
        $this->database = new PDO('sqlite:' . getenv('DATABASE'), null, null, [
            PDO::ATTR_PERSISTENT => true,
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        ]);
        $this->database->exec('PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON');
        $this->statements = json_decode(file_get_contents(getenv('STATEMENTS')), true);
    }

    public function grantEntitlement(object $message): array
    {
        return $this->change('grant', $message, $message->entitlement->merchantEntitlementId);
    }

    public function revokeEntitlement(object $message): array
    {
        return $this->change('revoke', $message, $message->merchantEntitlementId);
    }

    private function change(string $action, object $message, string $id): array
    {
        if ($message->auth->login !== LOGIN || $message->auth->password !== PASSWORD) {
            return ['return' => ['returnCode' => 403, 'returnString' => 'Permission denied to domain "soap"']];
        }
        $soapId = bin2hex(random_bytes(20));
        $this->database->exec('BEGIN IMMEDIATE');
        $account = $this->rows('account', [$message->account->merchantAccountId, 1])[0];
        $key = [$account['id'], 'Account', $id, ''];
        $before = $this->rows('entitlement', $key)[0] ?? null;
        $now = (int) (microtime(true) * 1000);
        $second = intdiv($now, 1000) * 1000 - 1000;
        $after = $action === 'grant'
            ? [$second, null, null]
            : [min($before['start'], $second), $second, $before['description']];
        $this->run('insertLedger', [...$key, $now, 1, $action, LOGIN, $message->note, ...$this->reason(), $soapId, 1,
            $before['start'] ?? null, $before['end'] ?? null, $before['description'] ?? null, ...$after, ...$key]);
        $this->run('numberLine', [1, 1, (int) $this->database->lastInsertId()]);
        $this->run('saveEntitlement', [...$key, 1, ...$after, null, $now]);
        $address = $this->rows('address', [$account['id']])[0] ?? null;
        $shown = array_filter($account, fn ($value) => $value !== null) + array_filter([
            'shippingAddress' => $address,
            'nameValues' => $this->rows('nameValues', [$account['id']]),
            'taxExemptions' => $this->rows('taxExemptions', [$account['id']]),
        ]);
        foreach ($this->rows('entitlements', [$account['id'], 'Account', FIRST_PAGE]) as $row) {
            $shown['entitlements'][] = array_filter([
                'merchantEntitlementId' => $row['merchantEntitlementId'],
                'description' => $row['description'],
                'startTimestamp' => date('c', intdiv($row['start'], 1000)),
                'endTimestamp' => $row['end'] === null ? null : date('c', intdiv($row['end'], 1000)),
                'active' => $row['start'] <= $now && ($row['end'] === null || $now < $row['end']),
            ], fn ($value) => $value !== null);
        }
        $this->database->exec('COMMIT');
        unset($shown['id'], $shown['createdAt']);
        return ['return' => ['returnCode' => 200, 'returnString' => 'OK', 'soapId' => $soapId], 'account' => $shown];
    }

    /** The reason has a place among the ledger's values where the statement asks for one. */
    private function reason(): array
    {
        return str_contains($this->statements['insertLedger'], 'reason') ? [null] : [];
    }

    private function run(string $name, array $values): PDOStatement
    {
        $statement = $this->database->prepare($this->statements[$name]);
        foreach ($values as $index => $value) {
            $statement->bindValue($index + 1, $value, is_int($value) ? PDO::PARAM_INT : PDO::PARAM_STR);
        }
        $statement->execute();
        return $statement;
    }

    private function rows(string $name, array $values): array
    {
        return $this->run($name, $values)->fetchAll();
    }
}

$server = new SoapServer(dirname(__DIR__, 3) . '/wsdl/22.0/Account.wsdl', ['cache_wsdl' => WSDL_CACHE_BOTH]);
$server->setClass(Account::class);
$server->handle();
