<?php
/**
 * Keeps a local copy of who may access what in step with the server, by Entitlement.fetchDeltaSince.
 * Each run makes one pass: it asks for all that changed since the last complete pass, page by page,
 * and writes the copy anew. Run it from cron, as often as the copy is to be fresh:
 *
 *     php examples/php/cache-in-step.php access.json [UNTIL]
 *
 * The first run, without a file, fetches everything. A pass that could not be completed leaves the
 * file as it was and exits with 1; the next run takes the same span of time again, so nothing is
 * lost, and as every change comes as the entitlement's present state, nothing is counted twice.
 *
 * The file: "until" is the moment up to which the copy is complete. "access" holds every entitlement
 * that ever was; those that lapsed, were revoked or expired stay in it with "active" false. Where
 * two sources give one entitlement (a grant and an AutoBill, say), it is there twice, and one that
 * is active will do. A reader of the copy between two passes may also look at "ends".
 *
 * Where the server is and who calls: see the settings in Vindicia.php.
 */

require __DIR__ . '/Vindicia.php';

define('PAGE_SIZE', (int) (getenv('LATCHKEY_PAGE_SIZE') ?: 1000));

// How often a call is made before the pass is given up, and the seconds between (more each time).
const ATTEMPTS = 4;
define('PAUSE', getenv('LATCHKEY_PAUSE') === false ? 1 : (int) getenv('LATCHKEY_PAUSE'));

// The span must end in the server's past, for what is changed later, but before the end of a span,
// would never be fetched. These seconds are for clocks that differ, here and there.
const MARGIN = 10;

// What we want to know of each entitlement; versions before 13.0 have no srd and send everything.
const SRD = '{"entitlements": ["merchantEntitlementId", "autoBillVID", "productVID", "active",
    "endTimestamp", {"account": ["VID", "merchantAccountId"]}]}';

if ($argc < 2) {
    fwrite(STDERR, "Usage: php cache-in-step.php FILE [UNTIL]\n");
    exit(2);
}
$file = $argv[1];
$until = $argv[2] ?? gmdate('Y-m-d\TH:i:s\Z', time() - MARGIN);
$copy = is_file($file)
    ? json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR)
    : ['until' => '1970-01-01T00:00:00Z', 'access' => []];

if (new DateTimeImmutable($until) <= new DateTimeImmutable($copy['until'])) {
    echo "Nothing to do: the copy is complete until {$copy['until']}\n";
    exit(0);
}

// Up to the first empty page: that is how the API says that there are no more.
$changed = 0;
for ($page = 0; $entitlements = fetchPage($copy['until'], $until, $page); $page++) {
    foreach ($entitlements as $entitlement) {
        $copy['access'][nameOf($entitlement)] = [
            'account' => $entitlement->account->merchantAccountId ?? $entitlement->account->VID,
            'entitlement' => $entitlement->merchantEntitlementId,
            'active' => $entitlement->active,
            'ends' => $entitlement->endTimestamp,
        ];
        $changed++;
    }
}

// The span is complete: only now the mark moves, in one stroke with what was fetched.
$copy['until'] = $until;
$json = json_encode($copy, JSON_PRETTY_PRINT | JSON_THROW_ON_ERROR);
if (file_put_contents("$file.new", $json) !== strlen($json) || !rename("$file.new", $file)) {
    fwrite(STDERR, "$file could not be written\n");
    exit(1);
}
echo "$changed changed until $until\n";

/** A page of what changed in the span. A call that failed is made again; at last the run ends. */
function fetchPage(string $from, string $until, int $page): array
{
    $arguments = [$from, $page, PAGE_SIZE, $until];
    if (version_compare(Vindicia::version(), '13.0', '>=')) {
        array_unshift($arguments, SRD);
    }
    for ($attempt = 1; ; $attempt++) {
        $response = (new Entitlement())->fetchDeltaSince(...$arguments);
        if ($response['returnCode'] == 200) {
            return $response['data']->entitlements ?? [];
        }
        // 500 may pass: a server that restarts, a connection that broke. What is refused stays so.
        if ($response['returnCode'] != 500 || $attempt === ATTEMPTS) {
            fwrite(STDERR, "Page $page: {$response['returnCode']} {$response['returnString']}\n");
            exit(1);
        }
        sleep(PAUSE * $attempt);
    }
}

/** What makes an entitlement one: whose it is, its id, and where it comes from. */
function nameOf(Entitlement $entitlement): string
{
    return implode(' ', [
        $entitlement->account->VID,
        rawurlencode($entitlement->merchantEntitlementId),
        $entitlement->autoBillVID,
        $entitlement->productVID,
    ]);
}
