#!/usr/bin/perl
# Grant and revoke on SOAP::Lite's own daemon and DBI, with the statements that Latchkey runs.
use strict;
use warnings;
use DBI;
use HTTP::Daemon;
use IO::Select;
use JSON::PP;
use POSIX qw(strftime floor);
use SOAP::Lite;
use SOAP::Transport::HTTP;
use Time::HiRes qw(time);

# Of src/base/pages.ts.
use constant FIRST_PAGE => 64;

my ($port, $path, $statements) = @ARGV;
my $sql = decode_json(do { local (@ARGV, $/) = ($statements); <> });

package Account;
our @ISA = ('SOAP::Server::Parameters');

my ($database, %prepared);

sub open_database {
    $database = DBI->connect("dbi:SQLite:dbname=$path", '', '', { RaiseError => 1, AutoCommit => 1 });
    $database->do("PRAGMA $_") for 'synchronous = FULL', 'busy_timeout = 5000', 'foreign_keys = ON';
    %prepared = map { $_ => $database->prepare($sql->{$_}) } keys %$sql;
}

sub rows {
    my ($name, @values) = @_;
    $prepared{$name}->execute(@values);
    return @{ $prepared{$name}->fetchall_arrayref({}) };
}

sub element { my ($name, $value) = @_; return SOAP::Data->name($name => $value) }

sub moment { return POSIX::strftime('%Y-%m-%dT%H:%M:%S+00:00', gmtime($_[0] / 1000)) }

sub grantEntitlement  { my $message = pop; return change('grant', $message, '//entitlement/merchantEntitlementId') }
sub revokeEntitlement { my $message = pop; return change('revoke', $message, '//merchantEntitlementId') }

sub change {
    my ($action, $message, $named) = @_;
    my $value = sub { $message->valueof($_[0]) };
    if ($value->('//auth/login') ne 'bench' or $value->('//auth/password') ne 'p&ss<1>') {
        return element(return => \SOAP::Data->value(element(returnCode => 403)));
    }
    my $soap_id = join '', map { sprintf '%08x', int rand 2**32 } 1 .. 5;
    my $now    = POSIX::floor(Time::HiRes::time() * 1000);
    my $second = POSIX::floor($now / 1000) * 1000 - 1000;
    $database->do('BEGIN IMMEDIATE');
    my ($account) = rows(account => $value->('//account/merchantAccountId'), 1);
    my @key = ($account->{id}, 'Account', $value->($named), '');
    my ($before) = rows(entitlement => @key);
    my $start = $before && $before->{start} < $second ? $before->{start} : $second;
    my @after = $action eq 'grant' ? ($second, undef, undef) : ($start, $second, undef);
    my @reason = $sql->{insertLedger} =~ /\breason\b/ ? (undef) : ();
    $prepared{insertLedger}->execute(@key, $now, 1, $action, 'bench', $value->('//note'), @reason, $soap_id, 1,
        @{$before // {}}{qw(start end description)}, @after, @key);
    $prepared{numberLine}->execute(1, 1, $database->sqlite_last_insert_rowid);
    $prepared{saveEntitlement}->execute(@key, 1, @after, undef, $now);
    my @parts = map { defined $account->{$_} ? element($_ => $account->{$_}) : () }
        qw(VID merchantAccountId emailAddress name);
    rows(address => $account->{id});
    rows(nameValues => $account->{id});
    rows(taxExemptions => $account->{id});
    for my $row (rows(entitlements => $account->{id}, 'Account', main::FIRST_PAGE)) {
        my $active = $row->{start} <= $now && (!defined $row->{end} || $now < $row->{end});
        push @parts, element(entitlements => \SOAP::Data->value(
            element(merchantEntitlementId => $row->{merchantEntitlementId}),
            element(startTimestamp => moment($row->{start})),
            defined $row->{end} ? element(endTimestamp => moment($row->{end})) : (),
            element(active => $active ? 'true' : 'false')));
    }
    $database->do('COMMIT');
    return (
        element(return => \SOAP::Data->value(
            element(returnCode => 200), element(returnString => 'OK'), element(soapId => $soap_id))),
        element(account => \SOAP::Data->value(@parts)));
}

package main;

Account::open_database();
my $daemon = HTTP::Daemon->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1);
my $server = SOAP::Transport::HTTP::Server->new;
$server->serializer->autotype(0);
$server->dispatch_with({ 'http://soap.vindicia.com/v22_0/Account' => 'Account' });
# SOAP::Lite's own loop keeps to one connection until that is closed, and so starves the others.
# A client may hang up before its reply.
$SIG{PIPE} = 'IGNORE';
my $waiting = IO::Select->new($daemon);
while (my @ready = $waiting->can_read) {
    for my $connection (@ready) {
        if ($connection == $daemon) {
            $waiting->add(scalar $daemon->accept);
            next;
        }
        my $request = $connection->get_request;
        if (!$request) {
            $waiting->remove($connection);
            $connection->close;
            next;
        }
        $server->request($request);
        $server->handle;
        $connection->send_response($server->response);
    }
}
