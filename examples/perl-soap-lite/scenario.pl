#!/usr/bin/perl
# Changes an account's name, grants and revokes an entitlement, and sees two calls fail.
# Perl with SOAP::Lite (Debian: libsoap-lite-perl, else: cpan SOAP::Lite), without the WSDL.
use strict;
use warnings;
use utf8;
use SOAP::Lite;
use Time::HiRes qw(time); # the built-in time may lag by some milliseconds
use Time::Piece;

my $url      = $ENV{LATCHKEY_URL}      // 'http://127.0.0.1:8787';
my $version  = $ENV{LATCHKEY_VERSION}  // '22.0';
my $login    = $ENV{LATCHKEY_LOGIN}    // 'demo';
my $password = $ENV{LATCHKEY_PASSWORD} // 'demo';

my $soap = SOAP::Lite->uri('http://soap.vindicia.com/v' . ($version =~ tr/./_/r) . '/Account')
    ->proxy("$url/v$version/soap.pl")
    ->on_action(sub { qq("$_[0]#$_[1]") })
    ->on_fault(sub {
        my ($client, $reply) = @_;
        die ref $reply ? $reply->faultstring : $client->transport->status, "\n";
    });

# Without a type, SOAP::Lite sends what isn't ASCII as base64.
sub text {
    my ($name, $value) = @_;
    return SOAP::Data->name($name)->type(string => $value);
}

sub object {
    my ($name, @elements) = @_;
    return SOAP::Data->name($name => \SOAP::Data->value(@elements));
}

# Calls an operation of Account. Below 13.0 the API has no srd; an empty one asks for all.
sub call {
    my ($operation, @parts) = @_;
    unshift @parts, text(srd => '') if $version >= 13;
    my @auth = (text(version => $version), text(login => $login), text(password => $password));
    return $soap->call($operation => object(auth => @auth), @parts);
}

sub outcome {
    my ($reply) = @_;
    return join ' ', map { $reply->valueof("//return/$_") } qw(returnCode returnString);
}

sub news_of {
    my ($reply) = @_;
    my @held = $reply->valueof('//account/entitlements');
    my ($news) = grep { $_->{merchantEntitlementId} eq 'news' } @held;
    return $news;
}

# 2011-05-13T10:32:23-07:00 as seconds since 1970.
sub moment {
    my ($text) = @_;
    $text =~ s/:(\d\d)$/$1/;
    return Time::Piece->strptime($text, '%Y-%m-%dT%H:%M:%S%z')->epoch;
}

binmode STDOUT, ':encoding(UTF-8)';
my $id = text(merchantAccountId => 'xyz123');
my $in_30_days = gmtime(time + 30 * 24 * 60 * 60)->datetime . 'Z';

my $reply = call(update => object(account => $id, text(name => 'Zoë Müller & <Söhne>')));
print 'name: ', $reply->valueof('//account/name'), "\n";

$reply = call(
    grantEntitlement => object(account => $id),
    object(
        entitlement => text(merchantEntitlementId => 'news'),
        text(description => 'Größe <L> & "mehr"'),
        SOAP::Data->name('endTimestamp')->type(dateTime => $in_30_days),
    ),
);
print 'grant: ', outcome($reply), "\n";
print 'description: ', news_of($reply)->{description}, "\n";

my @news = (object(account => $id), text(merchantEntitlementId => 'news'));
$reply = call(revokeEntitlement => @news, text(note => 'No more news'));
print 'revoke: ', outcome($reply), "\n";
print 'ended: ', (moment(news_of($reply)->{endTimestamp}) < time ? 'yes' : 'no'), "\n";

$reply = call(revokeEntitlement => @news, text(note => 'No more news'));
print 'revoke again: ', outcome($reply), "\n";

eval { call(revokeEntitlement => @news, text(note => 'x' x (1 << 20))); 1 } or print "fault: $@";
