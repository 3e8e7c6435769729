<?php
/**
 * Takes CashBox's push notifications of the class entitlement, and keeps a local copy of who may access what in step.
 * Behind a web server it is the script that the subscription's URL names; to try it:
 *
 *     LATCHKEY_PUSH_KEY=… LATCHKEY_PUSH_FILE=access.json php -S 127.0.0.1:8080 examples/php/push-listener.php
 *     latchkey push add --class entitlement --url http://127.0.0.1:8080/ --format form
 *
 * Both formats are taken. A message with a wrong signature is answered 403 and changes nothing. A message that comes again (after
 * an answer that was lost, say) is known by its message_id.
 *
 * The file: "access" has an account, an entitlement and what gives it in each key, and says since when; what has stopped is not in it.
 * Where two sources give one entitlement it is there twice, and one will do. "seen" has the ids of messages.
 */

$key = getenv('LATCHKEY_PUSH_KEY') ?: '';
$file = getenv('LATCHKEY_PUSH_FILE') ?: 'access.json';

$body = file_get_contents('php://input');
$type = $_SERVER['CONTENT_TYPE'] ?? '';
if (str_starts_with($type, 'application/json')) {
    $text = $body;
    $signature = $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '';
} else {
    parse_str($body, $form);
    $text = $form['json'] ?? '';
    $signature = $form['signature'] ?? '';
}
if (!hash_equals(base64_encode(hash_hmac('sha256', $text, $key, true)), $signature)) {
    answer(403, 'wrong signature');
}
$message = json_decode($text, true, 512, JSON_THROW_ON_ERROR);

// One at a time: the copy is read and written as a whole.
$lock = fopen("$file.lock", 'c');
flock($lock, LOCK_EX);
$copy = is_file($file)
    ? json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR)
    : ['access' => [], 'seen' => []];
$id = $message['header']['message_id'];
if (isset($copy['seen'][$id])) {
    answer(200, 'known');
}
$copy['seen'][$id] = $message['header']['event_timestamp'];
if ($message['header']['class_name'] === 'entitlement') {
    $content = $message['content'];
    foreach ($content['merchantEntitlementId'] as $entitlement) {
        $name = implode(' ', array_map('rawurlencode', [
            $content['merchantAccountId'],
            $entitlement,
            $content['entitlementSource'],
            $content['merchantAutobillId'],
            $content['merchantProductId'],
        ]));
        if ($message['header']['event_name'] === 'start') {
            $copy['access'][$name] = $content['startTimestamp'];
        } elseif ($message['header']['event_name'] === 'stop') {
            unset($copy['access'][$name]);
        }
    }
}
// In one stroke: a reader never sees half a file, and a message is done only when it is kept.
$json = json_encode($copy, JSON_PRETTY_PRINT | JSON_THROW_ON_ERROR);
if (file_put_contents("$file.new", $json) !== strlen($json) || !rename("$file.new", $file)) {
    answer(500, 'the copy could not be written');
}
answer(202, 'taken');

function answer(int $status, string $text): never
{
    http_response_code($status);
    echo "$text\n";
    exit;
}
