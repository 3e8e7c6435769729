#!/usr/bin/env bash
# Three PostgreSQL servers under Patroni, etcd, HAProxy and PgBouncer on this machine's loopback addresses:
# a cluster to try a failover on, and a model of the files that a real one needs.
#
#   packaging/postgres-ha/cluster.sh up FOLDER      makes and starts it in a new folder; waits until it serves
#   packaging/postgres-ha/cluster.sh down FOLDER    stops everything
#   packaging/postgres-ha/cluster.sh primary FOLDER prints the number of the node that leads: 1, 2 or 3
#   packaging/postgres-ha/cluster.sh whole FOLDER   waits until one node leads and two follow
#   packaging/postgres-ha/cluster.sh start FOLDER N starts node N (again)
#   packaging/postgres-ha/cluster.sh kill FOLDER N  kill -9 of node N's Patroni and PostgreSQL
#   packaging/postgres-ha/cluster.sh freeze FOLDER N  stops all of node N, as if it were cut off; thaw lets it go on
#   packaging/postgres-ha/cluster.sh switchover FOLDER  hands the lead to another node, as for maintenance
#
# Needs Debian's packages postgresql, patroni, python3-etcd, etcd-server, haproxy, pgbouncer. PostgreSQL refuses to
# run as root: there everything is run by the user postgres. Servers: postgres://latchkey:latchkey@127.0.0.10:5000/latchkey
# leads to the primary, port 6432 there by PgBouncer in transaction mode (LATCHKEY_DATABASE_POOLER=transaction).
# The passwords are for trying only.
set -euo pipefail

COMMAND=${1:-} FOLDER=${2:-} NODE=${3:-}
[ -n "$COMMAND" ] && [ -n "$FOLDER" ] || { sed -n '2,17s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$FOLDER" && FOLDER=$(cd "$FOLDER" && pwd)

BIN=${POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)}
ETCD=127.0.0.10:2379
address() { echo "127.0.0.1$1"; }

# Runs a program in the background, by a user who is not root; its number goes to a file.
launch() {
  local name=$1
  shift
  local as=()
  [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
  (cd "$FOLDER" && exec env -u NODE_OPTIONS PATH="$BIN:/usr/sbin:/usr/bin:/sbin:/bin" "${as[@]}" "$@" >>"$FOLDER/$name.log" 2>&1 </dev/null) &
  echo $! >"$FOLDER/$name.pid"
}

# Whether a process works in the folder: the number of one that has ended may be another's by now.
is_ours() { [[ "$(readlink "/proc/$1/cwd")/" == "$FOLDER"/* ]]; }
running() { [ -s "$FOLDER/$1.pid" ] && is_ours "$(cat "$FOLDER/$1.pid")"; }

# Tries a command ten times a second. $1: for how many seconds
await() {
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "gave up waiting for: $*" >&2; return 1; }
    sleep 0.1
  done
}

is_primary() { curl -fs -m 1 -o /dev/null "http://$(address "$1"):8008/primary"; }
has_synchronous() {
  local n
  for n in 1 2 3; do curl -fs -m 1 "http://$(address "$n"):8008/synchronous" && return; done
  return 1
}
# One leads, one is synchronous, and both standbys follow closely.
is_whole() {
  local n followers=0
  for n in 1 2 3; do
    ! curl -fs -m 1 -o /dev/null "http://$(address "$n"):8008/replica?lag=1MB" || followers=$((followers + 1))
  done
  print_primary && has_synchronous && [ "$followers" -eq 2 ]
}
print_primary() {
  local n
  for n in 1 2 3; do is_primary "$n" && echo "$n" && return; done
  return 1
}

write_patroni() {
  local n=$1 at
  at=$(address "$n")
  cat >"$FOLDER/node$n.yml" <<YAML
scope: latchkey
name: node$n
restapi:
  listen: $at:8008
  connect_address: $at:8008
# By etcd's older calls the lead is kept by compare and set. By those of its version 3, Patroni 3.0 takes the lead back without
# a look after it stood still: what the next primary had confirmed was lost then.
etcd:
  host: $ETCD
bootstrap:
  dcs:
    # A primary that is lost is replaced after ttl seconds at most.
    ttl: 20
    loop_wait: 1
    retry_timeout: 5
    # A primary whose PostgreSQL has crashed hands over at once.
    primary_start_timeout: 0
    master_start_timeout: 0
    # What was confirmed is on two servers, and only one that has it may lead. Strict: with no standby left
    # writes wait; without it they would be confirmed by one server alone.
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 100
        wal_keep_size: 256MB
        hot_standby: 'on'
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - data-checksums
  pg_hba:
    - host replication replicator 127.0.0.0/8 scram-sha-256
    - host all all 127.0.0.0/8 scram-sha-256
    - local all all trust
  post_bootstrap: $FOLDER/first.sh
postgresql:
  listen: $at:5432
  connect_address: $at:5432
  data_dir: $FOLDER/node$n
  pgpass: $FOLDER/pgpass$n
  bin_dir: $BIN
  parameters:
    unix_socket_directories: $FOLDER/socket$n
  # A standby that is made anew is there at once.
  basebackup:
    checkpoint: fast
  authentication:
    superuser: {username: postgres, password: postgres}
    replication: {username: replicator, password: replicator}
    rewind: {username: rewinder, password: rewinder}
YAML
}

write_files() {
  local n
  for n in 1 2 3; do
    write_patroni "$n"
    mkdir -p "$FOLDER/socket$n"
  done
  # Run once, against the first primary: the owner of the tables.
  cat >"$FOLDER/first.sh" <<'SH'
#!/bin/sh
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname="$1" <<'SQL'
CREATE ROLE latchkey LOGIN PASSWORD 'latchkey';
CREATE DATABASE latchkey OWNER latchkey;
SQL
SH
  chmod +x "$FOLDER/first.sh"
  # A node that doesn't lead any more loses its connections: nobody goes on to talk to an old primary.
  cat >"$FOLDER/haproxy.cfg" <<CFG
defaults
  mode tcp
  timeout connect 2s
  timeout client 24h
  timeout server 24h
listen primary
  bind 127.0.0.10:5000
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
$(for n in 1 2 3; do echo "  server node$n $(address "$n"):5432 check port 8008"; done)
CFG
  echo '"latchkey" "latchkey"' >"$FOLDER/users.txt"
  cat >"$FOLDER/pgbouncer.ini" <<INI
[databases]
latchkey = host=127.0.0.10 port=5000
[pgbouncer]
listen_addr = 127.0.0.10
listen_port = 6432
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $FOLDER/users.txt
pool_mode = transaction
max_client_conn = 500
default_pool_size = 40
INI
  [ "$(id -u)" -ne 0 ] || chown -R postgres: "$FOLDER"
}

# The processes of a node: Patroni, PostgreSQL, and those that it has begun.
processes_of() {
  local pid file
  for file in "$FOLDER/patroni$1.pid" "$FOLDER/node$1/postmaster.pid"; do
    [ -s "$file" ] || continue
    pid=$(head -1 "$file")
    is_ours "$pid" && echo "$pid" && { pgrep -P "$pid" || true; }
  done
}
signal_node() {
  local pid
  for pid in $(processes_of "$2"); do kill "-$1" "$pid" 2>/dev/null || true; done
}
has_ended() { [ -z "$(processes_of "$1")" ]; }

start_node() {
  launch "patroni$1" patroni "$FOLDER/node$1.yml"
}

case $COMMAND in
  up)
    [ -z "$(ls -A "$FOLDER")" ] || { echo "$FOLDER is not empty" >&2; exit 1; }
    write_files
    launch etcd etcd --enable-v2 --data-dir "$FOLDER/etcd" --listen-client-urls "http://$ETCD" --advertise-client-urls "http://$ETCD" \
      --listen-peer-urls http://127.0.0.10:2380 --initial-advertise-peer-urls http://127.0.0.10:2380 --initial-cluster default=http://127.0.0.10:2380
    await 20 curl -fs -m 1 "http://$ETCD/health"
    start_node 1
    await 120 is_primary 1
    start_node 2
    start_node 3
    launch haproxy haproxy -db -f "$FOLDER/haproxy.cfg"
    launch pgbouncer pgbouncer "$FOLDER/pgbouncer.ini"
    # With synchronous_mode_strict nothing can be written before there is a synchronous standby.
    await 240 is_whole
    await 30 env PGPASSWORD=latchkey "$BIN/psql" -h 127.0.0.10 -p 5000 -U latchkey -c 'SELECT 1' latchkey
    echo 'postgres://latchkey:latchkey@127.0.0.10:5000/latchkey'
    ;;
  down)
    for n in 1 2 3; do signal_node CONT "$n"; done
    for name in pgbouncer haproxy patroni1 patroni2 patroni3; do
      running "$name" && kill "$(cat "$FOLDER/$name.pid")" || true
    done
    # Patroni ends its PostgreSQL first; with a quorum that is gone it may not.
    for n in 1 2 3; do await 30 has_ended "$n" || signal_node KILL "$n"; done
    running etcd && kill "$(cat "$FOLDER/etcd.pid")" || true
    ;;
  primary) print_primary ;;
  whole) await 240 is_whole ;;
  start) start_node "$NODE" ;;
  kill) signal_node KILL "$NODE" ;;
  freeze) signal_node STOP "$NODE" ;;
  thaw) signal_node CONT "$NODE" ;;
  switchover)
    leader=$(print_primary)
    curl -fs -m 60 -o /dev/null "http://$(address "$leader"):8008/switchover" -d "{\"leader\": \"node$leader\"}"
    ;;
  *)
    echo "unknown: $COMMAND" >&2
    exit 2
    ;;
esac
